"""Alerts and dashboard ask for what the server tells, in words that Prometheus understands.

    deploy/test/run monitoring
"""

import json
import os
import re
import subprocess
import tempfile
import time
import unittest
import urllib.request
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[2]
MONITORING = ROOT / "deploy" / "monitoring"
PROGRAM = os.environ.get("BIENBAN", str(ROOT / "target" / "debug" / "bienban"))
# Appended by the text form to names of counters and histograms.
SUFFIX = re.compile(r"_(total|bucket|info)$")
# Where the second port is, in the line that tells of the start.
OPS = re.compile(r'"ops":"([^"]+)"')


def dashboard_expressions() -> list[str]:
    board = json.loads((MONITORING / "dashboard.json").read_text(encoding="utf-8"))
    return [target["expr"] for panel in board["panels"] for target in panel.get("targets", [])]


def alerts() -> list[dict]:
    text = (MONITORING / "alerts.yaml").read_text(encoding="utf-8")
    return [rule for group in yaml.safe_load(text)["groups"] for rule in group["rules"]]


class Monitoring(unittest.TestCase):
    def test_the_dashboard_asks_well(self) -> None:
        expressions = [re.sub(r"\$__rate_interval", "5m", e).replace("$instance", ".*") for e in dashboard_expressions()]
        rules = [{"record": f"panel:{number}", "expr": e} for number, e in enumerate(expressions)]
        with tempfile.NamedTemporaryFile("w", suffix=".yaml") as file:
            yaml.safe_dump({"groups": [{"name": "dashboard", "rules": rules}]}, file)
            file.flush()
            answer = subprocess.run(["promtool", "check", "rules", file.name], capture_output=True, text=True)
        self.assertEqual(answer.returncode, 0, answer.stdout + answer.stderr)

    def test_the_server_tells_what_is_asked(self) -> None:
        asked = set()
        for expression in dashboard_expressions() + [rule["expr"] for rule in alerts()]:
            asked |= {SUFFIX.sub("", name) for name in re.findall(r"\bbienban_\w+", expression)}
        with tempfile.TemporaryDirectory() as folder:
            options = ["--listen", "127.0.0.1:0", "--ops-listen", "127.0.0.1:0", "--data-dir", folder]
            command = [PROGRAM, "serve", "--log-format", "json", *options]
            server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
            try:
                server_address = server.stdout.readline().strip().removeprefix("bienban serves on ")
                address = next(found[1] for line in server.stderr if (found := OPS.search(line)))
                # Series appear with what they count: reports read with doubts, calls answered and refused.
                def ask(expected: int, *arguments: str) -> None:
                    command = [PROGRAM, *arguments, "--server", server_address]
                    answer = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
                    self.assertEqual(answer.returncode, expected, arguments)

                ask(0, "ingest", str(ROOT / "examples" / "reports"))
                ask(0, "lookup", "Kiều Thế Lân")
                ask(2, "search", "x", "--filter", "colour = red")
                known: set[str] = set()
                # What was read is counted a moment after it was kept.
                deadline = time.monotonic() + 60
                while not asked <= known and time.monotonic() < deadline:
                    told = urllib.request.urlopen(f"http://{address}/metrics", timeout=30).read().decode()
                    known = {SUFFIX.sub("", name) for name in re.findall(r"^# TYPE (\w+)", told, re.MULTILINE)}
            finally:
                server.terminate()
                server.communicate(timeout=60)
        self.assertLessEqual(asked, known)
        told = {name for name in known if name.startswith("bienban_")}
        self.assertEqual(told - asked, set(), "neither on the dashboard nor in an alert")

    def test_each_alert_is_in_the_runbook(self) -> None:
        runbook = (ROOT / "docs" / "runbook.md").read_text(encoding="utf-8")
        headings = re.findall(r"^### (\w+)", runbook.split("## Alerts")[1], re.MULTILINE)
        self.assertEqual(sorted(headings), sorted(rule["alert"] for rule in alerts()))
        for rule in alerts():
            self.assertEqual(rule["annotations"]["runbook"], f"docs/runbook.md#{rule['alert'].lower()}")


if __name__ == "__main__":
    unittest.main()
