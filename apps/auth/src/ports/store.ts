import type { AuditoriaStore } from './auditoria.ts'
import type { CorreoStore } from './correos.ts'
import type { LibretaStore } from './libreta.ts'
import type { CuentaServicioStore } from './servicios.ts'
import type { FrenoStore, SesionStore } from './sesiones.ts'
import type { TiendaStore } from './tienda.ts'
import type { ConfirmacionStore, RestablecimientoStore, UsuarioStore } from './usuarios.ts'

export interface AuthStore {
  readonly auditoria: AuditoriaStore
  readonly correos: CorreoStore
  readonly confirmaciones: ConfirmacionStore
  readonly restablecimientos: RestablecimientoStore
  readonly frenos: FrenoStore
  readonly usuarios: UsuarioStore
  readonly sesiones: SesionStore
  readonly cuentas: CuentaServicioStore
  readonly libreta: LibretaStore
  readonly tienda: TiendaStore
}
