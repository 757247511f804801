import type { Reporter, TestCase, TestModule } from 'vitest/node'
import type { Tally } from './tally.ts'
import type { ProjectReport, SkippedTest } from './test-report.ts'

const inState = (tests: readonly TestCase[], state: 'passed' | 'failed' | 'skipped') =>
  tests.filter((test) => test.result().state === state)

/** Failures that belong to no test: a module that does not load, a hook that throws. */
function failedContainers(module: TestModule): number {
  const suites = [...module.children.allSuites()].filter((suite) => suite.errors().length > 0)
  return suites.length + (module.errors().length > 0 ? 1 : 0)
}

function skippedTest(test: TestCase): SkippedTest {
  const result = test.result()
  const note = result.state === 'skipped' ? result.note : undefined
  return { title: test.fullName, reason: note ?? 'no reason given (a hook of its suite failed?)' }
}

function reportProject(project: string, modules: readonly TestModule[]): ProjectReport {
  const tests = modules.flatMap((module) => [...module.children.allTests()])
  const skipped = inState(tests, 'skipped')
  const tally: Tally = {
    passed: inState(tests, 'passed').length,
    failed:
      inState(tests, 'failed').length +
      modules.reduce((count, module) => count + failedContainers(module), 0),
    skipped: skipped.length,
  }
  const milliseconds = modules.reduce((total, module) => total + module.diagnostic().duration, 0)
  const measures = tests.flatMap((test) => test.annotations().map(({ message }) => message))
  return { project, tally, milliseconds, skipped: skipped.map(skippedTest), measures }
}

/** Collects what a test run did; the failures themselves are printed by vitest's own reporter. */
export class CollectingReporter implements Reporter {
  reports: readonly ProjectReport[] = []

  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    const byProject = Map.groupBy(modules, (module) => module.project.name)
    this.reports = [...byProject].map(([project, own]) => reportProject(project, own))
    if (unhandledErrors.length > 0) this.#addUnhandled(unhandledErrors.length)
  }

  /** An error outside every test fails the run, so it counts. */
  #addUnhandled(failed: number): void {
    const tally = { passed: 0, failed, skipped: 0 }
    const stray = { project: 'stray', tally, milliseconds: 0, skipped: [], measures: [] }
    this.reports = [...this.reports, stray]
  }
}
