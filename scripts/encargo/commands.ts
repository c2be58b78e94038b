import type { Environment } from '@encargo/service-kit/run/config'

export interface Command {
  /** What it does, in a line of the help. */
  readonly about: string
  /** Answers the exit code, unless it goes on until it is stopped. */
  readonly run: (args: readonly string[], env: Environment) => Promise<number | void>
}

/** What a shop is run with, each loaded when it is asked for. */
export const commands: Readonly<Record<string, Command>> = {
  start: {
    about: 'the shop, or those of its services that are named; what is done without a command',
    run: async (args) => (await import('../lib/start.ts')).start(args),
  },
  dev: {
    about: 'a shop with demo data, to look at and to build against',
    run: async (args) => (await import('../lib/dev.ts')).dev(args),
  },
  audit: {
    about: 'proves from the databases what must always hold',
    run: async (args, env) => (await import('../audit/command.ts')).audit(args, env),
  },
  explain: {
    about: 'the story of one order',
    run: async (args, env) => (await import('../explain/command.ts')).explain(args, env),
  },
  backup: {
    about: 'copies all the data, whether the shop runs or not',
    run: async (args, env) => (await import('../backup/command.ts')).runBackup(args, env),
  },
  restore: {
    about: 'puts a backup in the place of the data',
    run: async (args, env) => (await import('../backup/command.ts')).runRestore(args, env),
  },
  move: {
    about: 'takes the shop from its folder to a PostgreSQL server, or back',
    run: async (args, env) => (await import('../move/command.ts')).runMove(args, env),
  },
  'rotate-keys': {
    about: 'gives auth a new signing key',
    run: async (args, env) => (await import('../accounts/rotate-keys.ts')).rotateKeys(args, env),
  },
  'service-account': {
    about: 'the accounts of programs, and their secrets',
    run: async (args, env) =>
      (await import('../accounts/service-account.ts')).serviceAccount(args, env),
  },
  installation: {
    about: "whether inventario's stock is for the orders beside it",
    run: async (args, env) =>
      (await import('../installation/command.ts')).runInstallation(args, env),
  },
  'probar-proveedor': {
    about: "whether a program of one's own can take money for the shop",
    run: async (args, env) =>
      (await import('../probar-proveedor/command.ts')).probarProveedor(args, env),
  },
  textos: {
    about: 'the texts of the shop window, for a shop that wants some of its own',
    run: async (args) => (await import('../textos/command.ts')).textos(args),
  },
}
