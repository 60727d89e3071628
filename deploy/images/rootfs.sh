# shellcheck shell=bash
# Root file systems made of this system's files, for images and chroots without a package mirror. Sourced.

# The files of this system that file $1 is linked with, the dynamic loader included.
linked() {
    { ldd "$1" 2> /dev/null || true; } | grep -oE '/[^ ]+\.so[^ ]*' || true
}

# Makes folder $1 a root with the commands `$2...` of this system, among them dash.
make_root() {
    local root=$1 tool
    shift
    rm -rf "$root"
    mkdir -p "$root"/{bin,dev,etc,proc,sys,tmp,usr}
    chmod 1777 "$root/tmp"
    ln -s ../bin "$root/usr/bin"
    for tool in "$@"; do cp -L "$(type -P "$tool")" "$root/bin/"; done
    ln -s dash "$root/bin/sh"
    printf 'root:x:0:0:root:/root:/bin/sh\nkafka:x:1000:1000::/tmp:/bin/sh\nheadwater:x:65532:65532::/data:/bin/sh\n' > "$root/etc/passwd"
    printf 'root:x:0:\nkafka:x:1000:\nheadwater:x:65532:\n' > "$root/etc/group"
    printf 'hosts: files dns\n' > "$root/etc/nsswitch.conf"
}

# Copies into root $1 what its commands and the Java in its folder $2 are linked with, and what natives in jars are.
add_libraries() {
    local root=$1 java=$1/$2 file
    {
        for file in "$root"/bin/* "$java/bin/java"; do linked "$file"; done
        find "$java/lib" -name '*.so' | while IFS= read -r file; do linked "$file"; done
        ldconfig -p | awk '/lib(stdc\+\+\.so\.6|gcc_s\.so\.1|z\.so\.1|m\.so\.6|rt\.so\.1) / { print $NF }'
    } | grep -v "^$(realpath "$root")/" | sort -u | while IFS= read -r file; do
        mkdir -p "$root$(dirname "$file")"
        cp -L "$file" "$root$file"
    done
}
