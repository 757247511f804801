import type { LocalCloud } from '#local/start.ts'

interface Entry {
  readonly activity: string
  /** Keys of the items that it rode in. */
  readonly items: Set<string>
}

/** The audit events that the table's stream carried, by the address that they name. */
export class EventBook {
  readonly #byAddress = new Map<string, Map<string, Entry>>()

  constructor({ aws }: LocalCloud) {
    aws.onRecord(({ newImage, keys }) => {
      const event = newImage?.['event']
      if (typeof event !== 'object' || event === null) return
      const { id, address, activity } = { id: '', address: '', activity: '', ...event }
      const entries = this.#byAddress.get(address) ?? new Map<string, Entry>()
      const entry = entries.get(id) ?? { activity, items: new Set() }
      entry.items.add(`${keys['pk']} ${keys['sk']}`)
      this.#byAddress.set(address, entries.set(id, entry))
    })
  }

  /** What happened at an address; an event that came twice is one event. */
  at(address: string): readonly string[] {
    return [...(this.#byAddress.get(address)?.values() ?? [])].map(({ activity }) => activity)
  }
}
