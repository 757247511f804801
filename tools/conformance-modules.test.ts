import { expect, test } from 'vitest'
import { missingTests, renderConformanceModules, strayPlans } from './conformance-modules.ts'

test('every test that stands for a module of the conformance suite is there', () => {
  expect(missingTests()).toEqual([])
  expect(strayPlans()).toEqual([])
})

test('the table has a chapter for each plan and a row for each module', () => {
  const text = renderConformanceModules()
  expect(text).toContain('## fapi-ciba-id1-test-plan')
  expect(text).toMatch(/\| `FAPI2SPFinalHappyFlow` \| `test\/features\/fapi2\.test\.ts`: /)
})
