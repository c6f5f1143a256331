import fs from 'node:fs';
import tseslint from 'typescript-eslint';

const { layers } = JSON.parse(fs.readFileSync(new URL('./layers.json', import.meta.url), 'utf8'));

/** One block a layer: imports that climb out of it into a layer it may not see are refused. */
const layerRules = Object.entries(layers).map(([layer, { imports, types = [] }]) => {
  const allowed = [layer, ...imports, ...types];
  const sees = (other) => allowed.some((a) => a === other || (a.endsWith('/*') && other.startsWith(a.slice(0, -1))));
  const refused = Object.keys(layers).filter((other) => !sees(other));
  return {
    files: [`${layer}/**/*.{ts,tsx}`],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          patterns: refused.map((other) => ({
            group: [`**/${other.replace(/^src\//, '')}/**`],
            message: `${layer} may not import ${other} (layers.json).`,
          })),
        },
      ],
    },
  };
});

export default tseslint.config(
  {
    ignores: [
      'dist/',
      '.vscode-test/',
      'node_modules/',
      'test/fixtures/',
      'scripts/',
      '*.mjs',
      'bench/**/*.mjs',
      'test/**/*.mjs',
    ],
  },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        project: ['tsconfig.json', 'tsconfig.core.json', 'tsconfig.webview.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-unnecessary-condition': [
        'error',
        { allowConstantLoopConditions: 'only-allowed-literals' },
      ],
      'no-restricted-exports': ['error', { restrictDefaultExports: { direct: true, named: true, defaultFrom: true } }],
      eqeqeq: 'error',
    },
  },
  {
    files: ['src/core/**/*.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'A clock is passed in.' },
        { object: 'Math', property: 'random', message: 'A seeded generator is passed in.' },
      ],
      'no-restricted-syntax': [
        'error',
        { selector: 'NewExpression[callee.name="Date"][arguments.length=0]', message: 'A clock is passed in.' },
      ],
    },
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      '@typescript-eslint/no-floating-promises': [
        'error',
        {
          allowForKnownSafeCalls: ['test', 'describe', 'it'].map((name) => ({
            from: 'package',
            package: 'node:test',
            name,
          })),
        },
      ],
    },
  },
  ...layerRules,
);
