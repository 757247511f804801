import type { Region } from '#shared/kernel/ids.ts'

/** Puts the home Region before a code, token or session id, readable without any key. */
export const withRegion = (region: Region, text: string): string => `${region}.${text}`

/** The part behind the home Region, or `undefined` when the text names another Region or none. */
export function withoutRegion(region: Region, text: string): string | undefined {
  return text.startsWith(`${region}.`) ? text.slice(region.length + 1) : undefined
}
