import { describe, expect, test } from 'vitest'
import { stylesheet } from './stylesheet.ts'

type Palette = ReadonlyMap<string, string>

const paletteOf = (css: string): Palette =>
  new Map(
    [...css.matchAll(/--([a-z-]+):(#[0-9a-f]{6})/g)].map(([, name = '', hex = '']) => [name, hex]),
  )

const [light = '', dark = ''] = stylesheet.split('@media (prefers-color-scheme:dark)')
const palettes = { light: paletteOf(light), dark: paletteOf(dark) }

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrast(palette: Palette, ink: string, ground: string): number {
  const of = (name: string) => luminance(palette.get(name) ?? '')
  const [darker = 0, lighter = 0] = [of(ink), of(ground)].sort((left, right) => left - right)
  return (lighter + 0.05) / (darker + 0.05)
}

const texts = [
  ['ink', 'card'],
  ['quiet', 'card'],
  ['quiet', 'ground'],
  ['gate', 'card'],
  ['gate-deep', 'card'],
  ['gate-ink', 'gate'],
  ['gate-ink', 'gate-deep'],
  ['alarm', 'alarm-card'],
] as const

const controls = [
  ['edge', 'card'],
  ['alarm', 'card'],
  ['gate', 'card'],
] as const

describe.each(['light', 'dark'] as const)('%s', (scheme) => {
  test.each(texts)('wcag 1.4.3: %s on %s has a contrast of 4.5 at least', (ink, ground) => {
    expect(contrast(palettes[scheme], ink, ground)).toBeGreaterThanOrEqual(4.5)
  })

  test.each(controls)('wcag 1.4.11: %s on %s has a contrast of 3 at least', (line, ground) => {
    expect(contrast(palettes[scheme], line, ground)).toBeGreaterThanOrEqual(3)
  })
})

test('both schemes have the same palette', () => {
  expect([...palettes.dark.keys()]).toEqual([...palettes.light.keys()])
})

test('wcag 2.3.3: what moves, moves only where motion is welcome', () => {
  const [still = ''] = stylesheet.split('@media (prefers-reduced-motion:no-preference)')
  expect(still).not.toMatch(/transition|animation/)
})

test('nothing is loaded from anywhere', () => {
  expect(stylesheet).not.toMatch(/url\(|@import|@font-face/)
})
