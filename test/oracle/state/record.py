"""Records what dbt names by each value of state: after each change of the project of test/fixtures/select.

usage: python test/oracle/state/record.py     (needs dbt-core and dbt-duckdb; writes test/fixtures/state/answers.json)
"""

import json
import shutil
import tempfile
from importlib.metadata import version
from pathlib import Path

from dbt.cli.main import dbtRunner

fixtures = Path(__file__).resolve().parents[2] / "fixtures"
profiles = "shop:\n  target: dev\n  outputs:\n    dev: {type: duckdb, schema: main, threads: 1}\n"
values = ["new", "old", "modified", "unmodified"] + [
    f"modified.{part}" for part in ("body", "configs", "persisted_descriptions", "relation", "macros", "contract")
]


def write(folder: Path, files: dict) -> None:
    for path, text in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)


def main() -> None:
    before = json.loads((fixtures / "select/project.json").read_text())
    answers = []
    with tempfile.TemporaryDirectory() as name:
        for change in json.loads((fixtures / "state/changes.json").read_text()):
            folder = Path(name) / "project"
            shutil.rmtree(folder, ignore_errors=True)
            write(folder, {**before, "profiles.yml": profiles})
            common = ["--quiet", "--no-partial-parse", "--no-send-anonymous-usage-stats"]
            common += ["--project-dir", str(folder), "--profiles-dir", str(folder)]
            runner = dbtRunner()
            runner.invoke(["parse", *common, "--target-path", str(folder / "state")])
            write(folder, change["files"])
            selected = {}
            for value in values:
                result = runner.invoke(["ls", "-s", f"state:{value}", "--state", str(folder / "state"),
                                        "--indirect-selection", "empty", *common])
                selected[value] = sorted(result.result or [])
            answers.append({"change": change["change"], "selected": selected})
    recorded = {"dbt-core": version("dbt-core"), "answers": answers}
    (fixtures / "state/answers.json").write_text(json.dumps(recorded, indent=1) + "\n")


if __name__ == "__main__":
    main()
