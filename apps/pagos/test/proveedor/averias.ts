export { averiada } from '../../../../scripts/probar-proveedor/averias.ts'
