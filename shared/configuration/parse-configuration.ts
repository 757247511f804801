import { type Configuration, configurationDocument, type SecretStrength } from './document.ts'
import { issueMessage, problemsOfIssues } from './issue-message.ts'
import type { Problem } from './problem.ts'

export type Reading =
  | { readonly kind: 'parsed'; readonly configuration: Configuration }
  | { readonly kind: 'refused'; readonly problems: readonly Problem[] }

/** Where the JSON ends being JSON; the text itself is not repeated, for it holds secrets. */
function whereJsonBreaks(error: unknown): string {
  const place = /at position \d+( \(line \d+ column \d+\))?/.exec(String(error))
  return place === null ? 'is not complete JSON' : `is not JSON ${place[0]}`
}

function parseJson(text: string): { readonly value: unknown } | { readonly problem: Problem } {
  try {
    return { value: JSON.parse(text) }
  } catch (error) {
    return { problem: { path: '$', message: whereJsonBreaks(error) } }
  }
}

/** Reads a configuration document: all of it, or every problem it has. @param text unverified */
export function parseConfiguration(text: string, strength: SecretStrength): Reading {
  const json = parseJson(text)
  if ('problem' in json) return { kind: 'refused', problems: [json.problem] }
  const parsed = configurationDocument(strength).safeParse(json.value, { error: issueMessage })
  return parsed.success
    ? { kind: 'parsed', configuration: parsed.data }
    : { kind: 'refused', problems: problemsOfIssues(parsed.error.issues) }
}
