import { defineConfig } from 'vitest/config'
import { recordEverything } from './test/support/test-logs.ts'

recordEverything()

const project = (name: string, include: string[], groupOrder: number, more = {}) => ({
  test: {
    name,
    include,
    sequence: { groupOrder },
    testTimeout: 30_000,
    hookTimeout: 60_000,
    ...more,
  },
})

/** Pure tests first, then the suites that need an engine, then what judges the calls that those made. */
export default defineConfig({
  test: {
    // What the product is run by loads the tests too, and much quicker.
    maxWorkers: 3,
    experimental: { viteModuleRunner: false, nodeLoader: false },
    projects: [
      project(
        'unit',
        [
          '{shared,local,functions,infra,tools,bench,demo}/**/*.test.ts',
          'test/architecture/**/*.test.ts',
        ],
        0,
        { isolate: false },
      ),
      project('infra', ['test/infra/**/*.test.ts'], 1, { env: { CDK_VALIDATION: 'false' } }),
      project('contract', ['test/contract/**/*.test.ts'], 2),
      project('features', ['test/{features,security,interop,e2e}/**/*.test.ts'], 3, {
        globalSetup: ['test/support/local-cloud.ts'],
        isolate: false,
      }),
      project('examples', ['test/examples/**/*.test.ts'], 8, {
        globalSetup: ['test/examples/local-cloud.ts'],
      }),
      project('keys', ['test/keys/**/*.test.ts'], 7, {
        globalSetup: ['test/keys/local-cloud.ts'],
        testTimeout: 120_000,
        fileParallelism: false,
      }),
      project(
        'features-wrapped',
        [
          'test/features/{authorize,discovery,hybrid,jarm,logout,races,sign-in,token,user-info-jwt,userinfo}.test.ts',
        ],
        3,
        {
          globalSetup: ['test/support/local-cloud.ts'],
          isolate: false,
          provide: { tenant: 'acme-wrapped' },
        },
      ),
      project('start', ['test/start/**/*.test.ts'], 10),
      project('conformance', ['test/conformance/**/*.test.ts'], 8, { isolate: false }),
      project('faults', ['test/faults/**/*.test.ts'], 4, {
        maxConcurrency: 20,
        fileParallelism: false,
      }),
      project('policy', ['test/policy/**/*.test.ts'], 5),
      project('lake', ['test/lake/**/*.test.ts'], 6),
      project('logs', ['test/logs/**/*.test.ts'], 9),
    ],
  },
})
