import { type Html, html } from '#shared/signin/views/html.ts'
import { type ActiveFault, faultKinds } from '../faults.ts'
import { table } from './table.ts'

interface PanelFacts {
  readonly faults: readonly ActiveFault[]
  readonly functions: readonly { readonly name: string }[]
}

/** What goes wrong on purpose, and the forms that change it. */
export const faultPanel = ({ faults, functions }: PanelFacts): Html => {
  const names = functions.map(({ name }) => name)
  return html`${faults.length === 0 ? none : faultTable(faults)}
<form class="card fields" method="post" action="/_local/api/faults">
${choice('fault', 'Fault', faultKinds)}
${choice('function', 'Function', ['', ...names])}
${field('service', 'Service, such as kms')}
${field('action', 'Action, such as GetItem')}
${field('about', 'Text in the input, such as FAMILY#')}
${field('nth', 'Only the nth call', 'numeric')}
${field('times', 'So many times', 'numeric')}
${field('milliseconds', 'Delay in milliseconds', 'numeric')}
<button>Set</button>
</form>
<form class="card fields" method="post" action="/_local/api/kill">
${choice('function', 'Kill the instances of', ['', ...names])}
<button>Kill</button>
</form>`
}

const none = html`<p class="nothing">AWS answers as it should.</p>`

const faultTable = (faults: readonly ActiveFault[]): Html =>
  html`${table(
    ['Fault', 'Calls', 'Met so far', ''],
    faults.map((fault) => [
      html`<strong>${fault.fault}</strong>`,
      html`<code>${callsOf(fault)}</code>`,
      fault.times === undefined ? String(fault.hits) : `${fault.hits} of ${fault.times}`,
      clearing('Clear', html`<input type="hidden" name="id" value="${fault.id}">`),
    ]),
  )}
${clearing('Clear all')}`

const clearing = (label: string, hidden?: Html): Html =>
  html`<form method="post" action="/_local/api/faults/clear">${hidden}<button>${label}</button></form>`

function callsOf({ function: fn, service, action, about, trace, nth }: ActiveFault): string {
  const which = nth === undefined ? undefined : `number ${nth}`
  const parts = [fn, service, action, about, trace, which].filter((part) => part !== undefined)
  return parts.length === 0 ? 'every call' : parts.join(' ')
}

const choice = (name: string, label: string, values: readonly string[]): Html =>
  html`<label><span>${label}</span><select name="${name}">
${values.map((value) => html`<option value="${value}">${value === '' ? 'any' : value}</option>`)}
</select></label>`

const field = (name: string, label: string, mode = 'text'): Html =>
  html`<label><span>${label}</span><input name="${name}" inputmode="${mode}" autocomplete="off"></label>`
