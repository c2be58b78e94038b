import { openAuthStorage } from '../src/store/sqlite/open.ts'
import { createAuthStore } from '../src/store/store.ts'
import { accesoContract } from './contract/acceso.ts'
import { usuariosContract } from './contract/usuarios.ts'

const open = async () => {
  const storage = openAuthStorage(':memory:')
  return { store: createAuthStore(storage), close: () => storage.close() }
}

usuariosContract('SQLite', open)
accesoContract('SQLite', open)
