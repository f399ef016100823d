"""Runs every call of docs/cookbook.md, in order, against a server with the sample reports.

    tests/clients/run python
"""

import os
import re
import shutil
import subprocess
import tempfile
import unittest

from test_client import ROOT, Server, generate

COOKBOOK = ROOT / "docs" / "cookbook.md"
ADDRESS = "127.0.0.1:50051"
BLOCK = re.compile(r"^```(sh|python)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
# One call of a shell block: comments before it, and lines that go on.
CALL = re.compile(r"((?:^#[^\n]*\n)*)(^grpcurl.*?[^\\]$)(?=\n(?:#|grpcurl)|\Z)", re.MULTILINE | re.DOTALL)


class Cookbook(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        cls.folders = [tempfile.TemporaryDirectory() for _ in range(2)]
        generate(cls.folders[0].name)
        cls.server = Server(cls.folders[1].name, "127.0.0.1:0", "--load", str(ROOT / "examples" / "reports"))
        cls.blocks = BLOCK.findall(COOKBOOK.read_text(encoding="utf-8").replace(ADDRESS, cls.server.address))

    @classmethod
    def tearDownClass(cls) -> None:
        cls.server.stop()
        for folder in cls.folders:
            folder.cleanup()

    def test_calls_from_a_shell(self) -> None:
        tools = os.environ.get("PATH", "") + os.pathsep + str(os.environ.get("BIENBAN_TEST_TOOLS", "")) + "/bin"
        if not shutil.which("grpcurl", path=tools):
            self.skipTest("there is no grpcurl")
        count = 0
        for language, block in self.blocks:
            if language != "sh":
                continue
            calls = CALL.findall(block.strip())
            self.assertEqual(len(calls), block.count("grpcurl -plaintext"))
            for comment, call in calls:
                count += 1
                with self.subTest(call=call):
                    environment = {**os.environ, "PATH": tools}
                    answer = subprocess.run(["bash", "-c", call], env=environment, capture_output=True, text=True)
                    refused = re.match(r"# refused: (\w+)", comment)
                    if refused:
                        self.assertNotEqual(answer.returncode, 0)
                        self.assertIn(f'"reason": "{refused[1]}"', answer.stderr)
                    else:
                        self.assertEqual(answer.returncode, 0, answer.stderr)
                        # More than a revision: the call finds something.
                        self.assertGreater(answer.stdout.count("\n"), 4, answer.stdout)
        self.assertGreater(count, 8)

    def test_the_pieces_in_python(self) -> None:
        pieces = [block for language, block in self.blocks if language == "python"]
        self.assertGreater(len(pieces), 8)
        os.chdir(ROOT)
        names: dict = {}
        for piece in pieces:
            with self.subTest(piece=piece):
                exec(compile(piece, str(COOKBOOK), "exec"), names)
        names["channel"].close()


if __name__ == "__main__":
    unittest.main()
