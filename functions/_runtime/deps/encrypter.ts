export { jweEncrypter as encrypter } from '#shared/node/jwe-encrypter.ts'
