package dev.headwater.deploy;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import io.strimzi.api.kafka.model.kafka.Kafka;
import io.strimzi.api.kafka.model.nodepool.KafkaNodePool;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Reads the manifests into the typed models of Kubernetes, Strimzi and the Prometheus operator: an unknown
/// field, a value of the wrong type, or a kind that its version does not have fails.
class ManifestsTest {

    private static final String FOLDER = "kubernetes";
    private static final Map<String, Class<? extends HasMetadata>> KINDS = Map.ofEntries(
            Map.entry("v1/Namespace", Namespace.class),
            Map.entry("v1/Service", Service.class),
            Map.entry("v1/PersistentVolumeClaim", PersistentVolumeClaim.class),
            Map.entry("apps/v1/Deployment", Deployment.class),
            Map.entry("apps/v1/StatefulSet", StatefulSet.class),
            Map.entry("batch/v1/Job", Job.class),
            Map.entry("batch/v1/CronJob", CronJob.class),
            Map.entry("policy/v1/PodDisruptionBudget", PodDisruptionBudget.class),
            Map.entry("networking.k8s.io/v1/NetworkPolicy", NetworkPolicy.class),
            Map.entry("monitoring.coreos.com/v1/ServiceMonitor", ServiceMonitor.class),
            Map.entry("monitoring.coreos.com/v1/PrometheusRule", PrometheusRule.class),
            Map.entry("kafka.strimzi.io/v1/Kafka", Kafka.class),
            Map.entry("kafka.strimzi.io/v1/KafkaNodePool", KafkaNodePool.class));

    /// By default the models collect unknown fields; without that they are strict.
    private static final ObjectMapper STRICT = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .setAnnotationIntrospector(new JacksonAnnotationIntrospector() {
                @Override
                public Boolean hasAnySetter(Annotated member) {
                    return false;
                }
            });

    private static Stream<String> manifests() throws IOException {
        return DeployFiles.list(FOLDER, ".yaml").stream().filter(name -> !name.endsWith("kustomization.yaml"));
    }

    @ParameterizedTest
    @MethodSource("manifests")
    void keepToTheModels(String file) throws IOException {
        // Given a manifest / When each of its documents is read into the model of its kind / Then it fits and has a
        // name
        assertThat(DeployFiles.yaml(file))
                .isNotEmpty()
                .allSatisfy(document ->
                        assertThat(read(document).getMetadata().getName()).isNotBlank());
    }

    @Test
    void aMistakeIsFound() throws IOException {
        // Given a good manifest
        ObjectNode good =
                (ObjectNode) DeployFiles.yaml(FOLDER + "/streams.yaml").get(1);
        assertThat(read(good)).isInstanceOf(StatefulSet.class);
        // When a field deep inside is misspelt / Then
        ObjectNode misspelt = good.deepCopy();
        ((ObjectNode) misspelt.at("/spec/template/spec/containers/0")).put("readynessProbe", "x");
        assertThatThrownBy(() -> read(misspelt)).hasMessageContaining("readynessProbe");
        // When a value is of another type / Then
        ObjectNode mistyped = good.deepCopy();
        ((ObjectNode) mistyped.get("spec")).put("replicas", "two");
        assertThatThrownBy(() -> read(mistyped)).hasMessageContaining("replicas");
        // When the kind does not exist in that version / Then
        assertThatThrownBy(() -> read(good.deepCopy().put("apiVersion", "apps/v1beta1")))
                .hasMessageContaining("apps/v1beta1/StatefulSet");
    }

    @Test
    void kustomizationNamesAllOfThem() throws IOException {
        List<String> named = new ArrayList<>();
        DeployFiles.yaml(FOLDER + "/kustomization.yaml")
                .getFirst()
                .get("resources")
                .forEach(name -> named.add(FOLDER + "/" + name.asText()));
        assertThat(named).containsExactlyInAnyOrderElementsOf(manifests().toList());
    }

    @Test
    void podsAreRestricted() throws IOException {
        // Given the pods of all manifests
        List<JsonNode> pods = pods();
        assertThat(pods).hasSize(4);
        // When looked at / Then each keeps to Kubernetes' profile `restricted`, and none can write to its root
        assertThat(pods).allSatisfy(pod -> {
            assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
            assertThat(pod.at("/securityContext/runAsUser").asInt()).isEqualTo(65532);
            assertThat(pod.at("/securityContext/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
            assertThat(pod.get("automountServiceAccountToken").asBoolean(true)).isFalse();
            assertThat(pod.get("containers")).allSatisfy(container -> {
                JsonNode security = container.get("securityContext");
                assertThat(security.get("allowPrivilegeEscalation").asBoolean(true))
                        .isFalse();
                assertThat(security.get("readOnlyRootFilesystem").asBoolean()).isTrue();
                assertThat(security.at("/capabilities/drop/0").asText()).isEqualTo("ALL");
                assertThat(container.at("/resources/limits/memory").asText()).isNotBlank();
                assertThat(container.get("volumeMounts"))
                        .extracting(mount -> mount.get("mountPath").asText())
                        .containsExactlyInAnyOrder("/tmp", "/data");
            });
        });
    }

    @Test
    void alertsAreThoseOfPrometheus() throws IOException {
        assertThat(DeployFiles.yaml(FOLDER + "/alerts.yaml").getFirst().at("/spec/groups"))
                .isEqualTo(DeployFiles.yaml("prometheus/rules/headwater.yml")
                        .getFirst()
                        .get("groups"));
    }

    private static List<JsonNode> pods() throws IOException {
        List<JsonNode> pods = new ArrayList<>();
        for (String file : manifests().toList()) {
            for (JsonNode document : DeployFiles.yaml(file)) {
                JsonNode spec = document.at("/spec/jobTemplate").isMissingNode()
                        ? document.at("/spec/template/spec")
                        : document.at("/spec/jobTemplate/spec/template/spec");
                if (!spec.isMissingNode()) {
                    pods.add(spec);
                }
            }
        }
        return pods;
    }

    private static HasMetadata read(JsonNode document) throws IOException {
        String kind = document.path("apiVersion").asText() + "/"
                + document.path("kind").asText();
        if (!KINDS.containsKey(kind)) {
            throw new IllegalArgumentException("unknown kind " + kind);
        }
        return STRICT.treeToValue(document, requireNonNull(KINDS.get(kind)));
    }
}
