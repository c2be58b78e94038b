import type { ServiceName } from '@encargo/service-kit/run/config'
import { isThere, type Schema, type Target } from '@encargo/storage/copy'
import { migrationsOf, postgresMigrationsOf } from '../lib/services.ts'

interface Copied {
  /** Tables of PostgreSQL that nothing is copied to or from: others say the same. */
  readonly derived?: readonly string[]
  /** What has a service make anew what is derived, on either engine. */
  readonly after?: readonly string[]
  /** Of which rows two copies may differ therefore, by table, as a condition. */
  readonly ignored?: Readonly<Record<string, string>>
}

/** What is particular about copying a service's database. */
export const copied: Readonly<Record<ServiceName, Copied>> = {
  auth: { derived: ['claves_firma'] },
  // Counted by triggers.
  productos: { derived: ['productos_palabras'] },
  inventario: {},
  pedidos: {
    derived: ['pedidos_palabras'],
    after: ["DELETE FROM marcas WHERE nombre = 'busqueda'"],
    ignored: { marcas: "nombre = 'busqueda'" },
  },
  pagos: {},
}

export const targetOf = (service: ServiceName, url: string): Target => ({
  url,
  schema: service,
  migrationsFolder: postgresMigrationsOf(service),
  fileMigrations: migrationsOf(service),
  derived: copied[service].derived ?? [],
  after: copied[service].after ?? [],
})

/** A shop that takes no payments, or of before there were any, has nothing of pagos there. */
export const isWithoutSchema = async (service: ServiceName, schema: Schema): Promise<boolean> =>
  service === 'pagos' && !(await isThere(schema))
