@echo off
rem Starts Headwater from an unpacked release on Windows. Untried: its makers had no Windows.
setlocal
set "HEADWATER_HOME=%~dp0.."
if not defined OMP_NUM_THREADS set OMP_NUM_THREADS=1
"%HEADWATER_HOME%\runtime\bin\java" "@%HEADWATER_HOME%\lib\jvm.args" -Dheadwater.revision="@REVISION@" %JAVA_OPTS% %HEADWATER_OPTS% -jar "%HEADWATER_HOME%\headwater.jar" %*
