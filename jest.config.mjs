const typescript = {
  '^.+\\.tsx?$': [
    '@swc/jest',
    {
      jsc: {
        target: 'es2024',
        parser: { syntax: 'typescript', tsx: true },
        transform: { react: { runtime: 'automatic', importSource: 'preact' } },
      },
      module: { type: 'es6' },
    },
  ],
};
const sourceNames = { '^(\\.{1,2}/.*)\\.js$': '$1' };
const page = '<rootDir>/test/support/page';

/** @type {import('jest').Config} */
export default {
  projects: [
    {
      displayName: 'node',
      testEnvironment: 'node',
      roots: ['<rootDir>/test'],
      testMatch: ['**/*.test.{ts,tsx}'],
      globalSetup: '<rootDir>/test/support/services/begin.mjs',
      globalTeardown: '<rootDir>/test/support/services/end.mjs',
      extensionsToTreatAsEsm: ['.ts', '.tsx'],
      moduleNameMapper: sourceNames,
      transform: typescript,
    },
    {
      // The Lightning component, in the platform's own engine and in a document without a browser.
      displayName: 'page',
      testEnvironment: 'jsdom',
      roots: ['<rootDir>/test'],
      testMatch: ['**/page/*.test.js'],
      setupFiles: ['@lwc/synthetic-shadow'],
      moduleFileExtensions: ['js', 'mjs', 'ts', 'json'],
      extensionsToTreatAsEsm: ['.ts', '.html', '.css'],
      moduleNameMapper: {
        ...sourceNames,
        '\\.scoped\\.css$': `${page}/no-styles.mjs`,
        '^\\./fields$': `${page}/fields.mjs`,
        '^lwc$': '<rootDir>/node_modules/@lwc/engine-dom/dist/index.js',
        '^lightning/(.*)$': `${page}/lightning/$1.mjs`,
        '^@salesforce/i18n/locale$': `${page}/lightning/locale.mjs`,
      },
      transform: { ...typescript, '/src/install/component/truenorthHealth/': `${page}/jest-transform.mjs` },
    },
  ],
  maxWorkers: 2,
  testTimeout: 120_000,
};
