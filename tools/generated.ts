import { renderAccessPatterns } from './access-patterns.ts'
import { applicationPages, renderApplicationPage } from './application-pages.ts'
import { projectCitations } from './citations.ts'
import { renderConfigurationSchema } from './configuration-schema.ts'
import { renderConformanceModules } from './conformance-modules.ts'
import { textOf } from './project-files.ts'
import { renderSpecCoverage } from './spec-coverage.ts'
import { exclusions } from './spec-exclusions.ts'

/** Every file that is generated and checked in, and what makes its text. */
export const generated: Readonly<Record<string, () => string | Promise<string>>> = {
  'docs/generated/access-patterns.md': renderAccessPatterns,
  'docs/generated/configuration.schema.json': renderConfigurationSchema,
  'docs/generated/conformance-modules.md': renderConformanceModules,
  'docs/generated/spec-coverage.md': () =>
    renderSpecCoverage(
      projectCitations().flatMap(({ cited }) => cited),
      exclusions,
    ),
  ...Object.fromEntries(
    applicationPages().map((path) => [path, () => renderApplicationPage(textOf(path))]),
  ),
}
