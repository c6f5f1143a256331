import { variableOf, type DagTask } from './dagTasks.ts';

/** What the DAG is to do. */
export interface DagRequest {
  /** Name of the dbt project. */
  readonly projectName: string;
  /** Profile that dbt_project.yml names. */
  readonly profileName: string;
  /** Airflow's schedule: a preset such as `@daily`, or a cron expression. */
  readonly schedule: string;
  /** dbt's `--select`, as one text; undefined for everything. */
  readonly select: string | undefined;
  /** dbt's `--target`; undefined for the profile's own. */
  readonly target: string | undefined;
  /** The profile's own target. */
  readonly defaultTarget: string;
  /** `commands`: dbt run, then dbt test. `nodes`: a task for each node. `cosmos`: a task for each node, by astronomer-cosmos. */
  readonly tasks: 'commands' | 'nodes' | 'cosmos';
  /** True for a warehouse that is a single file, which one task may write at a time. */
  readonly isSingleFile: boolean;
}

/** A text as a Python literal. */
const python = (text: string): string => JSON.stringify(text);

/** Airflow's name of the DAG. */
export function dagIdOf({ projectName }: Pick<DagRequest, 'projectName'>): string {
  return `${projectName}_dbt`;
}

/** airflow_dag/dbt_dag.py, for Airflow 2.10 and 3, and Cloud Composer. */
export function dagText(request: DagRequest, tasks: readonly DagTask[]): string {
  return request.tasks === 'cosmos' ? cosmosText(request) : bashText(request, tasks);
}

const settings = `Each setting is an Airflow Variable, else an environment variable of the same name in capitals, else a default:

    dbt_project_dir   folder with dbt_project.yml   (default: the folder above this file's, or dbt_project in it)
    dbt_profiles_dir  folder with profiles.yml      (default: the project's folder)
    dbt_target        target of the profile         (default: DEFAULT_TARGET below, or the profile's own)
    dbt_executable    the dbt command               (default: dbt)
    dbt_work_dir      folder in which each task has one of its own for its target and logs
                      (default: those of the project, one for all; on Cloud Composer a temporary folder for each)`;

/** How Composer gets files and packages (https://cloud.google.com/composer/docs/composer-3/cloud-storage). */
const composerNote = (setting: string, packages: string): string =>
  `Cloud Composer has the environment's bucket at /home/airflow/gcs. Put the project, without large data, and this file's
folder into dags/; or the project into data/, and set ${setting} to where it is then.
${packages} are PyPI packages of the environment.`;

function bashText(request: DagRequest, tasks: readonly DagTask[]): string {
  const { projectName, schedule, target, isSingleFile, tasks: form } = request;
  const what =
    form === 'commands' ? 'dbt run, then dbt test' : 'a task for each model, snapshot and seed, with its tests';
  const database = isSingleFile ? '\nWith dbt_work_dir, the folder of the database in profiles.yml must be there.' : '';
  const taskLines = tasks.map(
    ({ id, command }) => `    ${variableOf(id)} = dbt(${[id, ...command].map(python).join(', ')})`,
  );
  const edges = tasks.flatMap(({ id, after }) => after.map((one) => `    ${variableOf(one)} >> ${variableOf(id)}`));
  return `"""Refreshes the ${projectName} dbt project: ${what}.

${settings}

Where there is a packages.yml, run dbt deps first.${database}

${composerNote('dbt_project_dir', 'dbt and its adapter')}
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
DEFAULT_TARGET = ${python(target ?? '')}
# The folders of Cloud Composer are copies of a bucket, and no place for what a task writes.
DEFAULT_WORK_DIR = "." if "COMPOSER_ENVIRONMENT" in os.environ else ""

# Airflow runs it in a temporary folder, which it removes.
COMMAND = """\\
set -e
if [ -n "$WORK_DIR" ]; then
    folder="$WORK_DIR/$AIRFLOW_CTX_DAG_ID/$AIRFLOW_CTX_TASK_ID"
    mkdir -p "$folder"
    cd "$folder"
    export DBT_TARGET_PATH="\${DBT_TARGET_PATH:-$PWD/target}" DBT_LOG_PATH="\${DBT_LOG_PATH:-$PWD/logs}"
fi
cd "$PROJECT_DIR"
"$EXECUTABLE" %s --profiles-dir "\${PROFILES_DIR:-$PROJECT_DIR}" \${TARGET:+--target "$TARGET"}
"""


def setting(name: str, default: str = "") -> str:
    """A template that reads the Variable when the task runs, so that parsing this file asks no database."""
    fallback = os.environ.get(name.upper(), default)
    return "{{ var.value.get(%r, %r) }}" % (name, fallback)


def dbt(task_id: str, *arguments: str) -> BashOperator:
    """A task that runs one dbt command in the project's folder."""
    return BashOperator(
        task_id=task_id,
        bash_command=COMMAND % " ".join("'%s'" % one.replace("'", "'\\\\''") for one in arguments),
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
    dag_id=${python(dagIdOf({ projectName }))},
    description=${python(`Refreshes the ${projectName} dbt project: ${what}.`)},
    schedule=${python(schedule)},
    start_date=datetime(2024, 1, 1, tzinfo=timezone.utc),
    catchup=False,
    max_active_runs=1,${isSingleFile ? '\n    # The database is a single file: one task may write it at a time.\n    max_active_tasks=1,' : ''}
    default_args={
        "owner": "analytics",
        "retries": 2,
        "retry_delay": timedelta(minutes=5),
    },
    tags=["dbt", ${python(projectName)}],
):
${taskLines.join('\n')}
${edges.length === 0 ? '' : `\n${edges.join('\n')}\n`}`;
}

function cosmosText({ projectName, profileName, schedule, select, ...request }: DagRequest): string {
  const { target, defaultTarget, isSingleFile } = request;
  const chosen = select === undefined ? '' : `\n        select=[${select.split(/\s+/).map(python).join(', ')}],`;
  const database = isSingleFile ? ':\nthe path of the database in profiles.yml must be absolute' : '';
  // Airflow takes no file for a DAG's that does not have its name.
  return `"""Refreshes the ${projectName} dbt project: a task for each node and its tests, by astronomer-cosmos.

Each setting is an environment variable, which is read when Airflow reads this file:

    DBT_PROJECT_DIR   folder with dbt_project.yml   (default: the folder above this file's, or dbt_project in it)
    DBT_PROFILES_DIR  folder with profiles.yml      (default: the project's folder)
    DBT_PROFILE       profile in profiles.yml       (default: ${profileName})
    DBT_TARGET        target of the profile         (default: ${target ?? defaultTarget})
    DBT_EXECUTABLE    the dbt command               (default: dbt)

Cosmos runs dbt in a temporary copy of the project, which is only read${database}.
In Airflow 2, \`airflow dags test\` needs AIRFLOW__COSMOS__ENABLE_DATASET_ALIAS=False; a scheduled run does not.

${composerNote('DBT_PROJECT_DIR', 'astronomer-cosmos, dbt and its adapter')}
"""

from __future__ import annotations

import os
from datetime import datetime, timedelta, timezone
from pathlib import Path

from cosmos import DbtDag, ExecutionConfig, ProfileConfig, ProjectConfig, RenderConfig
from cosmos.constants import SourceRenderingBehavior, TestIndirectSelection

HERE = Path(__file__).resolve().parent.parent
DEFAULT_PROJECT_DIR = HERE if (HERE / "dbt_project.yml").exists() else HERE / "dbt_project"
PROJECT_DIR = Path(os.environ.get("DBT_PROJECT_DIR", str(DEFAULT_PROJECT_DIR)))
PROFILES_DIR = Path(os.environ.get("DBT_PROFILES_DIR", str(PROJECT_DIR)))

dag = DbtDag(
    dag_id=${python(dagIdOf({ projectName }))},
    project_config=ProjectConfig(PROJECT_DIR),
    profile_config=ProfileConfig(
        profile_name=os.environ.get("DBT_PROFILE", ${python(profileName)}),
        target_name=os.environ.get("DBT_TARGET", ${python(target ?? defaultTarget)}),
        profiles_yml_filepath=PROFILES_DIR / "profiles.yml",
    ),
    execution_config=ExecutionConfig(
        dbt_executable_path=os.environ.get("DBT_EXECUTABLE", "dbt"),
        # A test that reads several nodes is run with the last of them.
        test_indirect_selection=TestIndirectSelection.BUILDABLE,
    ),
    render_config=RenderConfig(
        source_rendering_behavior=SourceRenderingBehavior.WITH_TESTS_OR_FRESHNESS,${chosen}
    ),
    schedule=${python(schedule)},
    start_date=datetime(2024, 1, 1, tzinfo=timezone.utc),
    catchup=False,
    max_active_runs=1,${isSingleFile ? '\n    # The database is a single file: one task may write it at a time.\n    max_active_tasks=1,' : ''}
    default_args={"owner": "analytics", "retries": 2, "retry_delay": timedelta(minutes=5)},
    tags=["dbt", ${python(projectName)}],
)
`;
}
