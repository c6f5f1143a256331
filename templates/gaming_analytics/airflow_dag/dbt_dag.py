"""Refreshes the gaming_analytics dbt project: dbt run, then dbt test.

Each setting is an Airflow Variable, else an environment variable of the same name in capitals, else a default:

    dbt_project_dir   folder with dbt_project.yml   (default: the folder above this file's, or dbt_project in it)
    dbt_profiles_dir  folder with profiles.yml      (default: the project's folder)
    dbt_target        target of the profile         (default: DEFAULT_TARGET below, or the profile's own)
    dbt_executable    the dbt command               (default: dbt)
    dbt_work_dir      folder in which each task has one of its own for its target and logs
                      (default: those of the project, one for all; on Cloud Composer a temporary folder for each)

Where there is a packages.yml, run dbt deps first.
With dbt_work_dir, the folder of the database in profiles.yml must be there.

Cloud Composer has the environment's bucket at /home/airflow/gcs. Put the project, without large data, and this file's
folder into dags/; or the project into data/, and set dbt_project_dir to where it is then.
dbt and its adapter are PyPI packages of the environment.
"""

from __future__ import annotations

import os
from datetime import datetime, timedelta, timezone
from pathlib import Path

try:  # Airflow 3
    from airflow.sdk import DAG
except ImportError:  # Airflow 2
    from airflow import DAG

try:  # Airflow 3, and Airflow 2 with the standard provider
    from airflow.providers.standard.operators.bash import BashOperator
except ImportError:
    from airflow.operators.bash import BashOperator

HERE = Path(__file__).resolve().parent.parent
DEFAULT_PROJECT_DIR = HERE if (HERE / "dbt_project.yml").exists() else HERE / "dbt_project"
DEFAULT_TARGET = ""
# The folders of Cloud Composer are copies of a bucket, and no place for what a task writes.
DEFAULT_WORK_DIR = "." if "COMPOSER_ENVIRONMENT" in os.environ else ""

# Airflow runs it in a temporary folder, which it removes.
COMMAND = """\
set -e
if [ -n "$WORK_DIR" ]; then
    folder="$WORK_DIR/$AIRFLOW_CTX_DAG_ID/$AIRFLOW_CTX_TASK_ID"
    mkdir -p "$folder"
    cd "$folder"
    export DBT_TARGET_PATH="${DBT_TARGET_PATH:-$PWD/target}" DBT_LOG_PATH="${DBT_LOG_PATH:-$PWD/logs}"
fi
cd "$PROJECT_DIR"
"$EXECUTABLE" %s --profiles-dir "${PROFILES_DIR:-$PROJECT_DIR}" ${TARGET:+--target "$TARGET"}
"""


def setting(name: str, default: str = "") -> str:
    """A template that reads the Variable when the task runs, so that parsing this file asks no database."""
    fallback = os.environ.get(name.upper(), default)
    return "{{ var.value.get(%r, %r) }}" % (name, fallback)


def dbt(task_id: str, *arguments: str) -> BashOperator:
    """A task that runs one dbt command in the project's folder."""
    return BashOperator(
        task_id=task_id,
        bash_command=COMMAND % " ".join("'%s'" % one.replace("'", "'\\''") for one in arguments),
        env={
            "PROJECT_DIR": setting("dbt_project_dir", str(DEFAULT_PROJECT_DIR)),
            "PROFILES_DIR": setting("dbt_profiles_dir"),
            "TARGET": setting("dbt_target", DEFAULT_TARGET),
            "EXECUTABLE": setting("dbt_executable", "dbt"),
            "WORK_DIR": setting("dbt_work_dir", DEFAULT_WORK_DIR),
        },
        append_env=True,
    )


with DAG(
    dag_id="gaming_analytics_dbt",
    description="Refreshes the gaming_analytics dbt project: dbt run, then dbt test.",
    schedule="@daily",
    start_date=datetime(2024, 1, 1, tzinfo=timezone.utc),
    catchup=False,
    max_active_runs=1,
    # The database is a single file: one task may write it at a time.
    max_active_tasks=1,
    default_args={
        "owner": "analytics",
        "retries": 2,
        "retry_delay": timedelta(minutes=5),
    },
    tags=["dbt", "gaming_analytics"],
):
    dbt_run = dbt("dbt_run", "run")
    dbt_test = dbt("dbt_test", "test")

    dbt_run >> dbt_test
