import { openAuthStore } from '../src/store/sqlite/open.ts'
import { accesoContract } from './contract/acceso.ts'
import { usuariosContract } from './contract/usuarios.ts'

const open = async () => {
  const { storage, ...store } = openAuthStore(':memory:')
  return { store, close: () => storage.close() }
}

usuariosContract('SQLite', open)
accesoContract('SQLite', open)
