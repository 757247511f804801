import type { z } from 'zod'
import { type Problem, problemAt } from './problem.ts'

const article = (expected: string): string => {
  if (expected === 'int') return 'a whole number'
  return `${/^[aeiou]/.test(expected) ? 'an' : 'a'} ${expected}`
}

const unitOf: Readonly<Record<string, string>> = { string: ' characters', array: ' elements' }

/** Says in our own words what a schema found; a value is never repeated, for it may be a secret. */
export const issueMessage: z.core.$ZodErrorMap = (issue) => {
  const unit = 'origin' in issue ? (unitOf[String(issue.origin)] ?? '') : ''
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? 'is missing' : `must be ${article(issue.expected)}`
    case 'invalid_value':
      return `must be ${issue.values.map((value) => JSON.stringify(value)).join(' or ')}`
    case 'too_small':
      return issue.minimum === 1 && unit !== ''
        ? 'must not be empty'
        : `must be at least ${issue.minimum}${unit}`
    case 'too_big':
      return `must be at most ${issue.maximum}${unit}`
    default:
      return undefined
  }
}

/** Turns what a schema found into problems; each unknown key is a problem of its own. */
export const problemsOfIssues = (issues: readonly z.core.$ZodIssue[]): readonly Problem[] =>
  issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => problemAt([...issue.path, key], 'unknown key'))
      : [problemAt(issue.path, issue.message)],
  )
