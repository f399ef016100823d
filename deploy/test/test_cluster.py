"""The chart on a real API server: what it renders is taken, upgraded and removed as in a cluster.

    deploy/test/run cluster

kube-apiserver and etcd run on loopback, without nodes: objects are validated, admitted, defaulted and stored, but nothing is scheduled. The
namespace enforces Pod Security `restricted`, and every object is sent with strict field validation.
"""

import json
import os
import socket
import subprocess
import tempfile
import time
import unittest
import urllib.request
from pathlib import Path

import yaml

from test_chart import CHART, FULL

BIN = Path(os.environ["BIENBAN_CLUSTER_TOOLS"])
# Schemas of the kinds that operators and the Gateway API bring.
CRDS = [Path(path) for path in os.environ["BIENBAN_CLUSTER_CRDS"].split(":")]
NAMESPACE = "minutes"
# How long etcd and the API server may take to start.
START_SECONDS = 120


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Cluster:
    """An etcd and an API server of this test's own."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.running = folder, []
        etcd, peer, secure = free_port(), free_port(), free_port()
        self.start(
            "etcd", f"--data-dir={folder}/etcd", "--unsafe-no-fsync",
            f"--listen-client-urls=http://127.0.0.1:{etcd}", f"--advertise-client-urls=http://127.0.0.1:{etcd}",
            f"--listen-peer-urls=http://127.0.0.1:{peer}", f"--initial-advertise-peer-urls=http://127.0.0.1:{peer}",
            f"--initial-cluster=default=http://127.0.0.1:{peer}",
        )
        self.wait("etcd", lambda: urllib.request.urlopen(f"http://127.0.0.1:{etcd}/health", timeout=1).status == 200)
        key = folder / "accounts.key"
        subprocess.run(["openssl", "genrsa", "-out", key, "2048"], check=True, capture_output=True)
        (folder / "tokens.csv").write_text("of-the-test,tester,1,system:masters\n")
        self.start(
            "kube-apiserver", f"--etcd-servers=http://127.0.0.1:{etcd}", "--bind-address=127.0.0.1",
            f"--secure-port={secure}", f"--cert-dir={folder}/certs", "--service-cluster-ip-range=10.96.0.0/24",
            "--service-account-issuer=https://kubernetes.default.svc", f"--service-account-key-file={key}",
            f"--service-account-signing-key-file={key}", f"--token-auth-file={folder}/tokens.csv",
            "--anonymous-auth=false", "--authorization-mode=RBAC",
        )
        self.config = folder / "kubeconfig"
        self.config.write_text(yaml.safe_dump({
            "apiVersion": "v1", "kind": "Config", "current-context": "test",
            "clusters": [{"name": "test", "cluster": {
                "server": f"https://127.0.0.1:{secure}", "insecure-skip-tls-verify": True,
            }}],
            "users": [{"name": "test", "user": {"token": "of-the-test"}}],
            "contexts": [{"name": "test", "context": {"cluster": "test", "user": "test", "namespace": NAMESPACE}}],
        }))
        self.wait("kube-apiserver", lambda: self.kubectl("get", "--raw", "/readyz").returncode == 0)

    def start(self, program: str, *arguments: str) -> None:
        with open(self.folder / f"{program}.log", "wb") as log:
            self.running.append(subprocess.Popen([BIN / program, *arguments], stdout=log, stderr=log, cwd=self.folder))

    def wait(self, program: str, ready) -> None:
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end and self.running[-1].poll() is None:
            try:
                if ready():
                    return
            except OSError:
                pass
            time.sleep(0.2)
        raise AssertionError(f"{program} does not start:\n" + (self.folder / f"{program}.log").read_text()[-3000:])

    def stop(self) -> None:
        for process in reversed(self.running):
            process.terminate()
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def command(self, program: str, *arguments: str, given: str = "") -> subprocess.CompletedProcess:
        environment = {**os.environ, "KUBECONFIG": str(self.config), "HOME": str(self.folder)}
        return subprocess.run([program, *arguments], input=given, capture_output=True, text=True, env=environment)

    def kubectl(self, *arguments: str, given: str = "") -> subprocess.CompletedProcess:
        return self.command(str(BIN / "kubectl"), *arguments, given=given)

    def helm(self, *arguments: str, values: dict | None = None) -> subprocess.CompletedProcess:
        if arguments[0] == "uninstall":
            return self.command("helm", *arguments)
        return self.command("helm", *arguments, "--values", "-", given=yaml.safe_dump(values or {}))

    def get(self, kind: str, name: str) -> dict:
        answer = self.kubectl("get", kind, name, "--output", "json")
        if answer.returncode:
            raise AssertionError(answer.stderr)
        return json.loads(answer.stdout)

    def made(self, instance: str) -> list[str]:
        """Everything of a release that is there."""
        kinds = "all,configmaps,serviceaccounts,networkpolicies,poddisruptionbudgets,servicemonitors,grpcroutes"
        answer = self.kubectl("get", kinds, "--selector", f"app.kubernetes.io/instance={instance}", "--output", "name")
        return answer.stdout.split()


class OnACluster(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.cluster = Cluster.__new__(Cluster)
        cls.cluster.running = []
        cls.addClassCleanup(lambda: cls.cluster.stop())
        cls.cluster.__init__(Path(folder.name))
        labels = {f"pod-security.kubernetes.io/{mode}": "restricted" for mode in ("enforce", "warn", "audit")}
        space = {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": NAMESPACE, "labels": labels}}
        cls.taken(cls.cluster.kubectl("create", "--filename", "-", given=json.dumps(space)))
        priority = {"apiVersion": "scheduling.k8s.io/v1", "kind": "PriorityClass", "metadata": {"name": "important"},
                    "value": 1000}
        cls.taken(cls.cluster.kubectl("create", "--filename", "-", given=json.dumps(priority)))
        for path in CRDS:
            cls.taken(cls.cluster.kubectl("apply", "--server-side", "--filename", str(path)))
        cls.taken(cls.cluster.kubectl("wait", "crd", "--all", "--for=condition=Established", "--timeout=60s"))

    @staticmethod
    def taken(answer: subprocess.CompletedProcess) -> str:
        """What a call printed that must have gone well, and without a warning of the API server."""
        if answer.returncode or "Warning" in answer.stderr:
            raise AssertionError(answer.stdout + answer.stderr)
        return answer.stdout

    def pod_of(self, name: str) -> dict:
        template = self.cluster.get("statefulset", name)["spec"]["template"]
        # What the controller of StatefulSets would make of it.
        claim = {"name": "data", "persistentVolumeClaim": {"claimName": f"data-{name}-0"}}
        spec = {**template["spec"], "volumes": [*template["spec"].get("volumes", []), claim]}
        return {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": f"{name}-0", **template["metadata"]}, "spec": spec}

    def create(self, pod: dict) -> subprocess.CompletedProcess:
        arguments = ("create", "--dry-run=server", "--validate=strict", "--filename", "-")
        return self.cluster.kubectl(*arguments, given=json.dumps(pod))

    def test_everything_rendered_is_taken(self) -> None:
        routed = {"grpcRoute": FULL["grpcRoute"], "metrics": FULL["metrics"]}
        secured = {"tls": FULL["tls"], "auth": FULL["auth"]}
        plain = {"networkPolicy": {"enabled": False}, "podDisruptionBudget": {"enabled": False},
                 "service": {"type": "LoadBalancer", "port": 443}}
        for number, values in enumerate(({}, FULL, secured, routed, plain)):
            with self.subTest(values=values):
                release = f"r{number}"
                rendered = self.taken(self.cluster.helm(
                    "template", release, str(CHART), "--namespace", NAMESPACE, values=values))
                apply = ("apply", "--server-side", "--validate=strict", "--filename", "-")
                self.taken(self.cluster.kubectl(*apply, given=rendered))
                # Once more changes nothing; and the pod is one that the namespace lets in.
                again = self.taken(self.cluster.kubectl("diff", "--server-side", "--filename", "-", given=rendered))
                self.assertEqual(again, "")
                self.taken(self.create(self.pod_of(f"{release}-bienban")))
                self.taken(self.cluster.kubectl("delete", "--wait=false", "--filename", "-", given=rendered))
                self.assertEqual(self.cluster.made(release), [])

    def test_the_namespace_is_guarded(self) -> None:
        self.taken(self.cluster.helm("install", "guarded", str(CHART)))
        self.addCleanup(self.cluster.helm, "uninstall", "guarded")
        pod = self.pod_of("guarded-bienban")
        for change in ({"runAsNonRoot": False, "runAsUser": 0}, {"seccompProfile": {"type": "Unconfined"}}):
            weaker = {**pod["spec"], "securityContext": {**pod["spec"]["securityContext"], **change}}
            refused = self.create({**pod, "spec": weaker})
            self.assertIn("violates PodSecurity", refused.stderr)
        misspelt = self.create({**pod, "spec": {**pod["spec"], "termnationGracePeriodSeconds": 1}})
        self.assertIn("unknown field", misspelt.stderr)

    def test_install_upgrade_uninstall(self) -> None:
        helm = self.cluster.helm
        self.taken(helm("install", "one", str(CHART)))
        first = self.cluster.get("statefulset", "one-bienban")
        # Everything but the volume may change, in either direction.
        changed = {key: value for key, value in FULL.items() if key != "persistence"}
        for values in (changed, {"resources": {"limits": {"memory": "2Gi"}}, "drainSeconds": 5}, {}):
            self.taken(helm("upgrade", "one", str(CHART), values=values))
        last = self.cluster.get("statefulset", "one-bienban")
        self.assertEqual(first["metadata"]["uid"], last["metadata"]["uid"])
        self.assertGreater(last["metadata"]["generation"], first["metadata"]["generation"])
        self.taken(helm("uninstall", "one"))
        self.assertEqual(self.cluster.made("one"), [])

    def test_a_newer_chart_goes_over_an_older_one(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            newer = Path(folder) / "bienban"
            subprocess.run(["cp", "-r", str(CHART), str(newer)], check=True)
            about = yaml.safe_load((newer / "Chart.yaml").read_text())
            (newer / "Chart.yaml").write_text(yaml.safe_dump({**about, "version": "9.9.9", "appVersion": "9.9.9"}))
            self.taken(self.cluster.helm("install", "aging", str(CHART)))
            self.addCleanup(self.cluster.helm, "uninstall", "aging")
            self.taken(self.cluster.helm("upgrade", "aging", str(newer)))
        image = self.cluster.get("statefulset", "aging-bienban")["spec"]["template"]["spec"]["containers"][0]["image"]
        self.assertEqual(image, "bienban:9.9.9")

    def test_a_larger_volume_is_refused_with_words_and_made_as_the_runbook_says(self) -> None:
        helm, larger = self.cluster.helm, {"persistence": {"size": "20Gi"}}
        self.taken(helm("install", "grown", str(CHART)))
        self.addCleanup(helm, "uninstall", "grown")
        refused = helm("upgrade", "grown", str(CHART), values=larger)
        self.assertNotEqual(refused.returncode, 0)
        self.assertIn("the claim template of a StatefulSet cannot be changed", refused.stderr)
        self.assertIn("kubectl delete statefulset grown-bienban --cascade=orphan", refused.stderr)
        # The claim itself is enlarged by `kubectl patch`, which wants a storage class; there is none here.
        self.taken(self.cluster.kubectl("delete", "statefulset", "grown-bienban", "--cascade=orphan", "--wait=false"))
        # No garbage collector runs here, which would let the object go.
        drop = ("patch", "statefulset", "grown-bienban", "--type=merge", "--patch", '{"metadata":{"finalizers":null}}')
        self.cluster.kubectl(*drop)
        self.taken(helm("upgrade", "grown", str(CHART), values=larger))
        claim = self.cluster.get("statefulset", "grown-bienban")["spec"]["volumeClaimTemplates"][0]
        self.assertEqual(claim["spec"]["resources"]["requests"]["storage"], "20Gi")


if __name__ == "__main__":
    unittest.main()
