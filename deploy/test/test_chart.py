"""The chart: what it renders, whether a cluster would take it, and what it refuses.

    deploy/test/run chart
"""

import subprocess
import tomllib
import unittest
from pathlib import Path

import kubernetes_validate
import yaml

CHART = Path(__file__).resolve().parents[1] / "helm" / "bienban"
# Kinds that operators and the Gateway API bring: not among the schemas of Kubernetes itself.
FOREIGN = {"ServiceMonitor", "GRPCRoute"}


def helm(*arguments: str, values: dict | None = None) -> subprocess.CompletedProcess:
    command = ["helm", *arguments, str(CHART)]
    if values is not None:
        command += ["--values", "-"]
    return subprocess.run(command, input=yaml.safe_dump(values), capture_output=True, text=True)


def render(**values) -> dict[tuple[str, str], dict]:
    """Everything that the chart makes for these values, by kind and name."""
    answer = helm("template", "one", "--namespace", "minutes", values=values)
    if answer.returncode:
        raise AssertionError(answer.stderr)
    things = [thing for thing in yaml.safe_load_all(answer.stdout) if thing]
    return {(thing["kind"], thing["metadata"]["name"]): thing for thing in things}


def refusal(**values) -> str:
    """Why the chart refuses these values."""
    answer = helm("template", "one", values=values)
    if not answer.returncode:
        raise AssertionError(f"{values} is taken")
    return answer.stderr


# One of everything.
FULL = {
    "image": {"repository": "images.example.net/bienban", "digest": "sha256:" + "0" * 64},
    "imagePullSecrets": [{"name": "pull"}],
    "config": {"limits": {"calls": 64}, "log": {"format": "text"}},
    "tls": {"secretName": "server-tls", "clientCaSecretName": "client-ca"},
    "auth": {"tokensSecretName": "tokens"},
    "metrics": {"serviceMonitor": {"enabled": True, "labels": {"release": "prometheus"}}},
    "grpcRoute": {"enabled": True, "parentRefs": [{"name": "gateway"}], "hostnames": ["bienban.example.net"]},
    "persistence": {"storageClassName": "fast", "size": "100Gi", "annotations": {"example.net/backup": "daily"}},
    "networkPolicy": {
        "callers": [{"namespaceSelector": {"matchLabels": {"team": "newsroom"}}}],
        "observers": [{"namespaceSelector": {"matchLabels": {"team": "platform"}}}],
        "egress": [{"ports": [{"port": 4317, "protocol": "TCP"}]}],
    },
    "serviceAccount": {"annotations": {"example.net/role": "reader"}},
    "podAnnotations": {"example.net/note": "one"},
    "podLabels": {"team": "archive"},
    "priorityClassName": "important",
    "nodeSelector": {"kubernetes.io/arch": "amd64"},
    "tolerations": [{"key": "dedicated", "operator": "Exists"}],
    "affinity": {"nodeAffinity": {}},
    "extraEnv": [{"name": "BIENBAN_LOG_FILTER", "value": "debug"}],
    "drainSeconds": 90,
}


def pod(things: dict) -> dict:
    return things["StatefulSet", "one-bienban"]["spec"]["template"]["spec"]


def container(things: dict) -> dict:
    return pod(things)["containers"][0]


def environment(things: dict) -> dict[str, str]:
    return {variable["name"]: variable["value"] for variable in container(things)["env"]}


class Chart(unittest.TestCase):
    def test_lint(self) -> None:
        answer = helm("lint", "--strict")
        self.assertEqual(answer.returncode, 0, answer.stdout + answer.stderr)

    def test_a_cluster_takes_what_is_rendered(self) -> None:
        for values in ({}, FULL):
            for (kind, name), thing in render(**values).items():
                with self.subTest(kind=kind, name=name):
                    self.assertTrue(thing["metadata"]["labels"]["app.kubernetes.io/instance"])
                    if kind not in FOREIGN:
                        kubernetes_validate.validate(thing, kubernetes_validate.latest_version(), strict=True)

    def test_what_is_made(self) -> None:
        kinds = sorted(kind for kind, _ in render())
        self.assertEqual(
            kinds,
            ["ConfigMap", "NetworkPolicy", "PodDisruptionBudget", "Service", "Service", "ServiceAccount", "StatefulSet"],
        )
        self.assertEqual(sorted({kind for kind, _ in render(**FULL)} - set(kinds)), sorted(FOREIGN))

    def test_the_pod_has_no_rights(self) -> None:
        things = render()
        self.assertIs(pod(things)["automountServiceAccountToken"], False)
        self.assertIs(things["ServiceAccount", "one-bienban"]["automountServiceAccountToken"], False)
        self.assertEqual(pod(things)["securityContext"]["runAsNonRoot"], True)
        context = container(things)["securityContext"]
        self.assertEqual(context["capabilities"], {"drop": ["ALL"]})
        self.assertEqual((context["readOnlyRootFilesystem"], context["allowPrivilegeEscalation"]), (True, False))

    def test_probes_need_no_certificate(self) -> None:
        for values in ({}, FULL):
            things = render(**values)
            ports = {port["name"]: port["containerPort"] for port in container(things)["ports"]}
            probes = [container(things)[f"{probe}Probe"]["grpc"] for probe in ("startup", "readiness", "liveness")]
            self.assertEqual({probe["port"] for probe in probes}, {ports["ops"]})
            self.assertNotEqual(ports["ops"], ports["grpc"])
            # A server whose answers are behind is not ready, and yet must not be ended.
            startup, readiness, liveness = (probe.get("service") for probe in probes)
            self.assertEqual((startup, readiness, liveness), ("liveness", None, "liveness"))

    def test_there_is_time_to_drain(self) -> None:
        things = render(drainSeconds=90)
        self.assertEqual(environment(things)["BIENBAN_SHUTDOWN_DRAIN"], "90s")
        self.assertGreater(pod(things)["terminationGracePeriodSeconds"], 90)

    def test_secrets_are_mounted_and_never_written(self) -> None:
        things = render(**FULL)
        secrets = {volume["secret"]["secretName"] for volume in pod(things)["volumes"] if "secret" in volume}
        self.assertEqual(secrets, {"server-tls", "client-ca", "tokens"})
        mounts = {mount["mountPath"] for mount in container(things)["volumeMounts"]}
        files = [value for name, value in environment(things).items() if name.endswith("_FILE")]
        self.assertEqual(len(files), 4)
        for file in files:
            self.assertIn(str(Path(file).parent), mounts)
        self.assertNotIn("Secret", {kind for kind, _ in things})

    def test_settings_reach_the_server(self) -> None:
        things = render(config={"limits": {"calls": 64}})
        self.assertEqual(
            tomllib.loads(things["ConfigMap", "one-bienban"]["data"]["bienban.toml"]), {"limits": {"calls": 64}}
        )
        checksum = lambda things: things["StatefulSet", "one-bienban"]["spec"]["template"]["metadata"]["annotations"]
        self.assertNotEqual(checksum(things), checksum(render()))

    def test_services_find_the_pod(self) -> None:
        things = render(service={"port": 443})
        labels = things["StatefulSet", "one-bienban"]["spec"]["template"]["metadata"]["labels"]
        names = {port["name"] for port in container(things)["ports"]}
        for name in ("one-bienban", "one-bienban-headless"):
            service = things["Service", name]["spec"]
            self.assertLessEqual(service["selector"].items(), labels.items())
            self.assertLessEqual({port["targetPort"] for port in service["ports"]}, names)
            self.assertEqual(service["ports"][0]["port"], 443)
        self.assertEqual(things["Service", "one-bienban-headless"]["spec"]["clusterIP"], "None")
        self.assertEqual(things["StatefulSet", "one-bienban"]["spec"]["serviceName"], "one-bienban-headless")

    def test_a_digest_goes_before_the_tag(self) -> None:
        digest = "sha256:" + "a" * 64
        self.assertEqual(container(render(image={"tag": "7", "digest": digest}))["image"], f"bienban@{digest}")
        self.assertEqual(container(render(image={"tag": "7"}))["image"], "bienban:7")

    def test_one_pod_may_be_moved(self) -> None:
        budget = render()["PodDisruptionBudget", "one-bienban"]["spec"]
        self.assertEqual(budget["maxUnavailable"], 1)

    def test_mistakes_are_refused(self) -> None:
        for values, words in [
            ({"imaje": {}}, "imaje"),
            ({"config": {"server": {"listen": "0.0.0.0:1"}}}, "config.server.listen is set by the chart"),
            ({"grpcRoute": {"enabled": True}}, "must name a Gateway"),
            ({"drainSeconds": 0}, "drainSeconds"),
            ({"image": {"digest": "latest"}}, "digest"),
            ({"tls": {"secretName": "Not a name"}}, "secretName"),
            ({"persistence": {"accessModes": ["ReadWriteMany"]}}, "accessModes"),
            ({"auth": {"tokens": ["secret"]}}, "tokens"),
        ]:
            with self.subTest(values=values):
                self.assertIn(words, refusal(**values))


if __name__ == "__main__":
    unittest.main()
