import { config } from '../config.ts'

/** What the functions take from the runtime itself. */
export { systemClock as clock } from '#shared/node/clock.ts'
export { systemRandom as random } from '#shared/node/random.ts'

export const { mtlsOrigin, region } = config
