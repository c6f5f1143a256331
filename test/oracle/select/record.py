"""Records what `dbt ls` selects in the project of test/fixtures/select, and how manifest.json shows its selectors.

usage: python test/oracle/select/record.py     (needs dbt-core and dbt-duckdb; writes test/fixtures/select/answers.json)
"""

import json
import tempfile
from importlib.metadata import version
from pathlib import Path

from dbt.cli.main import dbtRunner

fixtures = Path(__file__).resolve().parents[2] / "fixtures" / "select"
profiles = "shop:\n  target: dev\n  outputs:\n    dev: {type: duckdb, schema: main, threads: 1}\n"


def main() -> None:
    selections = json.loads((fixtures / "selections.json").read_text())
    with tempfile.TemporaryDirectory() as folder:
        for path, text in json.loads((fixtures / "project.json").read_text()).items():
            file = Path(folder) / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)
        (Path(folder) / "profiles.yml").write_text(profiles)
        runner = dbtRunner()
        common = ["--quiet", "--no-partial-parse", "--no-send-anonymous-usage-stats", "--project-dir", folder, "--profiles-dir", folder]
        answers = []
        for selection in selections:
            result = runner.invoke(["ls", *selection, *common])
            answers.append({"args": selection, "selected": sorted(result.result or [])})
        runner.invoke(["parse", *common])
        selectors = json.loads((Path(folder) / "target" / "manifest.json").read_text())["selectors"]
    recorded = {"dbt-core": version("dbt-core"), "selectors": selectors, "answers": answers}
    (fixtures / "answers.json").write_text(json.dumps(recorded, indent=1) + "\n")


if __name__ == "__main__":
    main()
