import { type Html, html } from '#shared/signin/views/html.ts'
import type { Tally } from '../event-tally.ts'

/** Units of the drawing, which is stretched to the width of the page. */
const height = 120
const barWidth = 16
const step = 20

const total = (tallies: readonly Tally[], of: 'signIns' | 'failures'): number =>
  tallies.reduce((sum, tally) => sum + tally[of], 0)

const clockOf = (milliseconds: number): string => new Date(milliseconds).toISOString().slice(11, 16)

const counted = (count: number, one: string, many: string): string =>
  `${count} ${count === 1 ? one : many}`

/** Bars of sign-ins with the failures on top, over the last hour; says so in words, too. */
export function signInChart(tallies: readonly Tally[]): Html {
  const [signIns, failures] = [total(tallies, 'signIns'), total(tallies, 'failures')]
  const most = Math.max(1, ...tallies.map((each) => each.signIns + each.failures))
  const width = tallies.length * step
  const summary = `${counted(signIns, 'sign-in', 'sign-ins')} and ${counted(failures, 'failure', 'failures')} within the last hour`
  return html`<figure class="card chart">
<figcaption>
<span class="key key-sign-ins">Sign-ins <strong>${String(signIns)}</strong></span>
<span class="key key-failures">Failures <strong>${String(failures)}</strong></span>
<span class="quiet">at most ${String(most)} in two minutes</span>
</figcaption>
<svg viewBox="0 0 ${String(width)} ${String(height)}" preserveAspectRatio="none" role="img" aria-label="${summary}">
<path class="base" d="M0 ${String(height - 0.5)}H${String(width)}"/>
${tallies.flatMap((tally, place) => bars(tally, place * step + (step - barWidth) / 2, most))}
</svg>
<p class="axis quiet"><span>${clockOf(tallies[0]?.from ?? 0)}</span><span>${clockOf(tallies.at(-1)?.from ?? 0)} UTC</span></p>
</figure>`
}

function bars(tally: Tally, x: number, most: number): readonly Html[] {
  const { from, signIns, failures } = tally
  if (signIns + failures === 0) return []
  const [high, higher] = [(signIns / most) * height, (failures / most) * height]
  return [
    html`<g><title>${clockOf(from)} UTC: ${counted(signIns, 'sign-in', 'sign-ins')}, ${counted(failures, 'failure', 'failures')}</title>
${bar('sign-ins', x, height - high, high)}${bar('failures', x, height - high - higher, higher)}</g>`,
  ]
}

const bar = (kind: string, x: number, y: number, size: number): Html =>
  html`<rect class="${kind}" x="${String(x)}" y="${y.toFixed(1)}" width="${String(barWidth)}" height="${size.toFixed(1)}"/>`
