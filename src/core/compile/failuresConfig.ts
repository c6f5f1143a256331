import { textConfig, type NodeConfig } from '../project/nodeConfig.ts';

/** dbt's schema for failing rows, behind the target's own (core/dbt/artifacts/resources/v1/config.py, TestConfig). */
const auditSchema = 'dbt_test__audit';

/** A test's config with what says where its failing rows would be kept. */
export function failuresConfig(config: NodeConfig, alias: string): NodeConfig {
  return { ...config, schema: textConfig(config, 'schema') ?? auditSchema, alias };
}
