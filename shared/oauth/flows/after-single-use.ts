import { StoreUnavailable } from '#shared/ports/store-unavailable.ts'

/**
 * Runs what follows a committed single-use write: the request that made it cannot be repeated any more,
 * so a store that fails from here on must not invite to that.
 */
export async function afterSingleUse<Result>(rest: () => Promise<Result>): Promise<Result> {
  try {
    return await rest()
  } catch (error) {
    throw error instanceof StoreUnavailable ? new StoreUnavailable('unknown', error) : error
  }
}
