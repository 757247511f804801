/** How an access pattern meets the table; the contract tests measure that it does. */
export interface AccessPattern {
  readonly port: string
  readonly method: string
  /** DynamoDB's operations, in order. */
  readonly operations: readonly string[]
  /** Entity words that lead the partition keys. */
  readonly entities: readonly string[]
  /** How a read sees earlier writes, or what a write guarantees. */
  readonly consistency: string
  /** Request units with items of usual size; transactions cost double. */
  readonly units: { readonly read: number } | { readonly write: number }
}

const get = ['GetItem'] as const
const putOne = ['PutItem'] as const
const update = ['UpdateItem'] as const
const query = ['Query'] as const
const transaction = ['TransactWriteItems'] as const

const strong = 'strongly consistent'
const once = 'put once'
const replaces = 'replaces'

const pattern = (
  method: `${string}.${string}`,
  operations: readonly string[],
  entities: readonly string[],
  consistency: string,
  units: AccessPattern['units'],
): AccessPattern => {
  const [port = '', name = ''] = method.split('.')
  return { port, method: name, operations, entities, consistency, units }
}

/** Every access pattern, by its number; each method of a repository port names its own. */
export const accessPatterns: Readonly<Record<string, AccessPattern>> = {
  'AP-01': pattern('Tenants.find', get, ['TENANT'], 'eventually consistent', { read: 0.5 }),
  'AP-02': pattern('Tenants.save', putOne, ['TENANT'], replaces, { write: 1 }),
  'AP-03': pattern('Clients.find', get, ['CLIENT'], strong, { read: 1 }),
  'AP-04': pattern('Clients.save', putOne, ['CLIENT'], replaces, { write: 1 }),
  'AP-90': pattern('ClientRegistrations.register', putOne, ['CLIENT'], once, { write: 1 }),
  'AP-91': pattern('ClientRegistrations.replace', putOne, ['CLIENT'], 'only where it is', {
    write: 1,
  }),
  'AP-92': pattern('ClientRegistrations.remove', putOne, ['CLIENT'], 'only where it is', {
    write: 1,
  }),
  'AP-93': pattern('InitialAccessTokens.find', get, ['INITIALTOKEN'], strong, { read: 1 }),
  'AP-94': pattern('InitialAccessTokens.save', putOne, ['INITIALTOKEN'], replaces, { write: 1 }),
  'AP-95': pattern(
    'InitialAccessTokens.use',
    update,
    ['INITIALTOKEN'],
    'adds one up to a maximum',
    {
      write: 1,
    },
  ),
  'AP-05': pattern('Users.find', get, ['USER'], strong, { read: 1 }),
  'AP-06': pattern('Users.findIdByUserName', get, ['USERNAME'], strong, { read: 1 }),
  'AP-07': pattern(
    'Users.save',
    transaction,
    ['USER', 'USERNAME', 'PASSWORD'],
    'all or nothing, the name put once',
    { write: 6 },
  ),
  'AP-08': pattern('Passwords.find', get, ['PASSWORD'], strong, { read: 1 }),
  'AP-09': pattern(
    'Groups.findByDisplayName',
    ['GetItem', 'GetItem'],
    ['GROUPNAME', 'GROUP'],
    strong,
    { read: 2 },
  ),
  'AP-10': pattern(
    'Groups.save',
    transaction,
    ['GROUP', 'GROUPNAME'],
    'all or nothing, the name put once',
    { write: 4 },
  ),
  'AP-11': pattern('Groups.addMember', update, ['MEMBERSHIP'], 'only if it changes anything', {
    write: 1,
  }),
  'AP-12': pattern('Groups.namesOf', query, ['MEMBERSHIP'], strong, { read: 1 }),
  'AP-13': pattern('RefreshFamilies.open', putOne, ['FAMILY'], once, { write: 1 }),
  'AP-14': pattern('RefreshFamilies.rotate', update, ['FAMILY'], 'compare-and-set', { write: 1 }),
  'AP-15': pattern('RefreshFamilies.revoke', update, ['FAMILY'], 'the first stays', { write: 1 }),
  'AP-16': pattern('RefreshFamilies.find', get, ['FAMILY'], strong, { read: 1 }),
  'AP-60': pattern('RefreshFamilies.ofSession', query, ['FAMILY'], strong, { read: 1 }),
  'AP-17': pattern('Sessions.open', putOne, ['SESSION'], once, { write: 1 }),
  'AP-18': pattern('Sessions.find', get, ['SESSION'], strong, { read: 1 }),
  'AP-61': pattern('Sessions.ofUser', query, ['SESSION'], strong, { read: 1 }),
  'AP-19': pattern('Sessions.end', update, ['SESSION'], 'the first stays', { write: 1 }),
  'AP-20': pattern('Consents.find', get, ['CONSENT'], strong, { read: 1 }),
  'AP-21': pattern('Consents.grant', update, ['CONSENT'], 'adds to a set', { write: 1 }),
  'AP-22': pattern('FailedPasswords.count', ['BatchGetItem'], ['FAILEDPASSWORD'], strong, {
    read: 2,
  }),
  'AP-23': pattern(
    'FailedPasswords.add',
    ['UpdateItem', 'UpdateItem'],
    ['FAILEDPASSWORD'],
    'adds one to each counter',
    { write: 2 },
  ),
  'AP-70': pattern('DeviceAuthorizations.open', putOne, ['DEVICE'], once, { write: 1 }),
  'AP-71': pattern('DeviceAuthorizations.find', get, ['DEVICE'], strong, { read: 1 }),
  'AP-72': pattern('DeviceAuthorizations.recordPoll', update, ['DEVICE'], 'compare-and-set', {
    write: 1,
  }),
  'AP-73': pattern('DeviceAuthorizations.answer', update, ['DEVICE'], 'the first stays', {
    write: 1,
  }),
  'AP-74': pattern('Attempts.count', ['BatchGetItem'], ['ATTEMPT'], strong, { read: 2 }),
  'AP-75': pattern(
    'Attempts.add',
    ['UpdateItem', 'UpdateItem'],
    ['ATTEMPT'],
    'adds one to each counter',
    { write: 2 },
  ),
  'AP-76': pattern('BackchannelRequests.open', putOne, ['BACKCHANNEL'], once, { write: 1 }),
  'AP-77': pattern('BackchannelRequests.find', get, ['BACKCHANNEL'], strong, { read: 1 }),
  'AP-78': pattern('BackchannelRequests.pending', query, ['BACKCHANNEL'], strong, { read: 1 }),
  'AP-79': pattern('BackchannelRequests.recordPoll', update, ['BACKCHANNEL'], 'compare-and-set', {
    write: 1,
  }),
  'AP-83': pattern('BackchannelRequests.answer', update, ['BACKCHANNEL'], 'the first stays', {
    write: 1,
  }),
  'AP-24': pattern('ClientAssertions.use', putOne, ['ASSERTION'], once, { write: 1 }),
  'AP-50': pattern('UsedProofs.use', putOne, ['PROOF'], once, { write: 1 }),
  'AP-25': pattern('SigningKeys.list', query, ['SIGNINGKEY'], strong, { read: 1 }),
  'AP-26': pattern(
    'SigningKeys.create',
    transaction,
    ['SIGNINGKEY', 'ROTATION', 'KMSKEY'],
    'all or nothing, key and marker put once',
    { write: 6 },
  ),
  'AP-27': pattern('SealingKeys.list', query, ['SEALINGKEY'], strong, { read: 1 }),
  'AP-28': pattern('SealingKeys.create', putOne, ['SEALINGKEY'], once, { write: 1 }),
  'AP-29': pattern('Outbox.put', putOne, ['OUTBOX'], replaces, { write: 1 }),
  'AP-35': pattern('Sessions.renew', update, ['SESSION'], 'compare-and-set on the secret', {
    write: 1,
  }),
  'AP-30': pattern(
    'SigningKeys.move',
    transaction,
    ['SIGNINGKEY'],
    'all or nothing, compare-and-set',
    { write: 2 },
  ),
  'AP-31': pattern(
    'SigningKeys.due',
    Array.from({ length: 16 }, () => 'Query'),
    ['ROTATION'],
    'eventually consistent',
    { read: 8 },
  ),
  'AP-32': pattern('SigningKeys.appoint', putOne, ['ROTATION'], replaces, { write: 1 }),
  'AP-40': pattern('ResourceServers.find', get, ['RESOURCE'], strong, { read: 1 }),
  'AP-41': pattern('ResourceServers.save', putOne, ['RESOURCE'], replaces, { write: 1 }),
  'AP-85': pattern('LongCodes.keep', putOne, ['LONGCODE'], once, { write: 1 }),
  'AP-86': pattern('LongCodes.find', get, ['LONGCODE'], strong, { read: 1 }),
  'AP-96': pattern('TrustedIssuers.find', get, ['TRUSTEDISSUER'], strong, { read: 1 }),
  'AP-97': pattern('TrustedIssuers.save', putOne, ['TRUSTEDISSUER'], replaces, { write: 1 }),
  'AP-80': pattern('PushedRequests.push', putOne, ['PUSHEDREQUEST'], once, { write: 1 }),
  'AP-81': pattern('PushedRequests.find', get, ['PUSHEDREQUEST'], strong, { read: 1 }),
  'AP-82': pattern('PushedRequests.use', update, ['PUSHEDREQUEST'], 'the first stays', {
    write: 1,
  }),
  'AP-42': pattern('RevokedTokens.add', putOne, ['REVOKEDTOKEN'], once, { write: 1 }),
  'AP-43': pattern('RevokedTokens.has', get, ['REVOKEDTOKEN'], strong, { read: 1 }),
  'AP-33': pattern('SealingKeys.retire', update, ['SEALINGKEY'], 'the first stays', { write: 1 }),
}
