"""Refreshes the gaming_analytics models once a day: dbt run, then dbt test.

Each setting is an Airflow Variable, else an environment variable of the same name in capitals, else a default:

    dbt_project_dir   folder with dbt_project.yml   (default: dbt_project beside this file's folder)
    dbt_profiles_dir  folder with profiles.yml      (default: the project's folder)
    dbt_target        target of the profile         (default: the profile's own)
    dbt_executable    the dbt command               (default: dbt)
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

DEFAULT_PROJECT_DIR = Path(__file__).resolve().parent.parent / "dbt_project"


def setting(name: str, default: str = "") -> str:
    """A template that reads the Variable when the task runs, so that parsing this file asks no database."""
    fallback = os.environ.get(name.upper(), default)
    return "{{ var.value.get(%r, %r) }}" % (name, fallback)


def dbt(command: str) -> BashOperator:
    """A task that runs one dbt command in the project's folder."""
    return BashOperator(
        task_id=f"dbt_{command}",
        bash_command=(
            'cd "$PROJECT_DIR" && "$EXECUTABLE" '
            + command
            + ' --profiles-dir "${PROFILES_DIR:-$PROJECT_DIR}" ${TARGET:+--target "$TARGET"}'
        ),
        env={
            "PROJECT_DIR": setting("dbt_project_dir", str(DEFAULT_PROJECT_DIR)),
            "PROFILES_DIR": setting("dbt_profiles_dir"),
            "TARGET": setting("dbt_target"),
            "EXECUTABLE": setting("dbt_executable", "dbt"),
        },
        append_env=True,
    )


with DAG(
    dag_id="gaming_analytics_dbt",
    description="Runs and tests the gaming_analytics dbt project every day.",
    schedule="@daily",
    start_date=datetime(2024, 1, 1, tzinfo=timezone.utc),
    catchup=False,
    max_active_runs=1,
    default_args={
        "owner": "analytics",
        "retries": 2,
        "retry_delay": timedelta(minutes=5),
    },
    tags=["dbt", "gaming_analytics"],
):
    dbt("run") >> dbt("test")
