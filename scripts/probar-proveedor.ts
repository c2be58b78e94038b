import { requireInstalled } from './lib/install.ts'

requireInstalled()
const { probarProveedor } = await import('./probar-proveedor/command.ts')
process.exitCode = await probarProveedor(process.argv.slice(2), process.env)
