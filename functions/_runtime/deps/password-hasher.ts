export { argon2idHasher as passwordHasher } from '#shared/node/password-hasher.ts'
