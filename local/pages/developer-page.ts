import { type Html, html, textOf } from '#shared/signin/views/html.ts'
import { icon, mark } from '#shared/signin/views/mark.ts'
import type { DeveloperFacts, ShownCaller, ShownEvent, ShownMail } from './facts.ts'
import { faultPanel } from './fault-panel.ts'
import { metricPanel } from './metric-panel.ts'
import { queuePanel } from './queue-panel.ts'
import { signInChart } from './sign-in-chart.ts'
import { table } from './table.ts'
import { tenantCards } from './tenant-cards.ts'

/** Renders the page that tells the developer what runs here. */
export const developerPage = (facts: DeveloperFacts): string =>
  textOf(html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>Sallyport on this computer</title>
${icon}
<link rel="stylesheet" href="/_local/developer.css">
</head>
<body>
<a class="skip" href="#content">Skip to the content</a>
<header>
<div class="brand">${mark}<div><h1>Sallyport</h1><p>on this computer, for development</p></div></div>
<nav aria-label="Sections">
${sections.map(({ id, title }) => html`<a href="#${id}">${title}</a>`)}
</nav>
</header>
<main id="content">
${welcome(facts)}
${sections.map((each) => section(each, facts))}
</main>
<footer><p>Reachable from this computer only. The same numbers as JSON:
<a href="/_local/api/functions">functions</a>
<a href="/_local/api/usage">usage</a>
<a href="/_local/api/calls">calls</a>
<a href="/_local/api/logs">logs</a>
<a href="/_local/api/metrics">metrics</a>
<a href="/_local/api/queues">queues</a>
<a href="/_local/api/faults">faults</a></p></footer>
</body>
</html>
`)

function welcome({ hasDemoApp, dataDirectory, tenants }: DeveloperFacts): Html {
  const issuer = tenants[0]?.issuer ?? ''
  const where =
    dataDirectory === undefined
      ? 'Everything is in memory and gone when it stops.'
      : html`The data is kept in <code>${dataDirectory}</code>.`
  const demo = html`<a class="primary" href="/_local/app">Open the demo app</a>`
  return html`<section class="welcome">
<h2>Ready</h2>
<p>Your clients find everything from the issuer <code class="issuer">${issuer}</code></p>
<p class="actions">${hasDemoApp ? demo : undefined}
<a class="secondary" href="${issuer}/.well-known/openid-configuration">Discovery document</a></p>
<p class="quiet">${where}</p>
</section>`
}

interface Section {
  readonly id: string
  readonly title: string
  readonly lead: string
  readonly content: (facts: DeveloperFacts) => Html
}

const sections: readonly Section[] = [
  {
    id: 'tenants',
    title: 'Tenants',
    lead: 'Set up from the configuration document when this was started.',
    content: ({ tenants }) => tenantCards(tenants),
  },
  {
    id: 'inbox',
    title: 'Inbox',
    lead: 'Mail that was sent arrives here and nowhere else.',
    content: ({ mails }) => inbox(mails),
  },
  {
    id: 'events',
    title: 'Events',
    lead: 'The last security events, as the table’s stream carries them; the newest first.',
    content: ({ events, tallies }) => html`${signInChart(tallies)}${eventTable(events)}`,
  },
  {
    id: 'functions',
    title: 'Functions',
    lead: 'Each from its built asset, with its own role; started when it is first called.',
    content: (facts) => functionTable(facts),
  },
  {
    id: 'calls',
    title: 'AWS calls',
    lead: 'Each was checked against the role’s policy in the template first.',
    content: ({ callers }) => callTable(callers),
  },
  {
    id: 'metrics',
    title: 'Metrics',
    lead: 'What the functions measure of themselves, as CloudWatch would read it from their logs.',
    content: ({ metrics }) => metricPanel(metrics),
  },
  {
    id: 'queues',
    title: 'Queues',
    lead: 'What clients are still to hear, and what was given up: see docs/runbooks/notices.md.',
    content: ({ queues }) => queuePanel(queues),
  },
  {
    id: 'faults',
    title: 'Faults',
    lead: 'Makes AWS fail on purpose, for functions only: an empty field means any.',
    content: faultPanel,
  },
]

const section = ({ id, title, lead, content }: Section, facts: DeveloperFacts): Html =>
  html`<section id="${id}" aria-labelledby="${id}-title">
<h2 id="${id}-title">${title}</h2>
<p class="quiet">${lead}</p>
${content(facts)}
</section>`

const nothing = (text: string): Html => html`<p class="nothing">${text}</p>`

const inbox = (mails: readonly ShownMail[]): Html =>
  mails.length === 0
    ? nothing('No mail yet.')
    : html`<div class="card list">${mails.map(
        ({ time, to, subject, text }) => html`<details>
<summary><span>${subject}</span> <span class="quiet">${to}, ${clockOf(time)}</span></summary>
<pre>${text}</pre>
</details>`,
      )}</div>`

const eventsShown = 20

const eventTable = (events: readonly ShownEvent[]): Html =>
  events.length === 0
    ? nothing('Nothing has happened yet. Sign in through the demo app.')
    : table(
        ['Time', 'Activity', 'Tenant', 'Details'],
        events
          .slice(0, eventsShown)
          .map(({ time, activity, tenant, details }) => [
            clockOf(time),
            html`<strong>${activity}</strong>`,
            tenant,
            several(details.map((detail) => html`<code>${detail}</code>`)),
          ]),
      )

const functionTable = ({ functions }: DeveloperFacts): Html =>
  table(
    ['Function', 'Calls', 'Errors', 'Cold starts', 'Last cold start', 'Instances', 'Memory'],
    functions.map((fn) => [
      html`<code>${fn.name}</code>`,
      String(fn.calls),
      failures(fn.errors + fn.timeouts),
      String(fn.coldStarts),
      fn.coldStartMilliseconds === undefined ? '–' : `${fn.coldStartMilliseconds.toFixed(0)} ms`,
      String(fn.instances),
      `${fn.memoryMiB} MiB`,
    ]),
  )

const failures = (count: number): Html =>
  count === 0 ? html`0` : html`<strong class="alarm">${String(count)}</strong>`

const callTable = (callers: readonly ShownCaller[]): Html =>
  callers.length === 0
    ? nothing('No function has called AWS yet.')
    : table(
        ['Caller', 'Allowed', 'Denied'],
        callers.map(({ name, actions }) => [
          html`<code>${name}</code>`,
          several(actions.map(({ action, allowed }) => times(action, allowed))),
          several(
            actions.map(({ action, denied }) => times(action, denied)),
            'alarm',
          ),
        ]),
      )

const times = (action: string, count: number): Html | undefined =>
  count === 0 ? undefined : html`<span><code>${action}</code> × ${String(count)}</span>`

/** Short things beside each other, which break between and not inside. */
function several(items: readonly (Html | undefined)[], kind = ''): Html {
  const present = items.filter((item) => item !== undefined)
  return present.length === 0 ? html`–` : html`<div class="several ${kind}">${present}</div>`
}

/** The time of day, in UTC as in every log. */
const clockOf = (time: string): Html =>
  html`<time datetime="${time}">${time.slice(11, 19)} UTC</time>`
