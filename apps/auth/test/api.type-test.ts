import { treaty } from '@elysiajs/eden'
import { expectTypeOf } from 'bun:test'
import type { AuthApp } from '../src/http/app.ts'

declare const auth: ReturnType<typeof treaty<AuthApp>>

const user = await auth.usuarios({ id: '' }).get()
if (user.data) {
  expectTypeOf(user.data.activo).toEqualTypeOf<boolean>()
  expectTypeOf(user.data.nombre).toEqualTypeOf<string | null>()
  // @ts-expect-error -- the password hash is in no answer
  void user.data.passwordHash
}
if (user.error?.status === 404) {
  expectTypeOf(user.error.value.codigo).toEqualTypeOf<'no-encontrado'>()
}

const estados = await auth.usuarios.estados.get({ query: { ids: '' } })
expectTypeOf(estados.data?.datos).toEqualTypeOf<
  { id: string; activo: boolean; confirmado: boolean }[] | undefined
>()

const token = await auth.token.post({ grant_type: 'refresh_token', refresh_token: '' })
if (token.error?.status === 401) {
  expectTypeOf(token.error.value.codigo).toEqualTypeOf<
    'no-autenticado' | 'credenciales-invalidas'
  >()
}

// @ts-expect-error -- a role is not for whoever registers to choose
await auth.register.post({ email: '', password: '', nombre: '', rol: 'admin' })

// @ts-expect-error -- a person's password is no grant here (RFC 9700, 2.4)
await auth.token.post({ grant_type: 'password', username: '', password: '' })

const edited = await auth.usuarios({ id: '' }).patch({ activo: false })
if (edited.error?.status === 409) {
  expectTypeOf(edited.error.value.codigo).toEqualTypeOf<'ultimo-admin' | 'cedula-en-uso'>()
}

// No list asks its callers for a page's length: without one there are fifty.
await auth.auditoria.get({ query: {} })
await auth.usuarios.get({ query: { q: 'ana' } })
await auth.usuarios.borrados.get({ query: {} })

const shop = await auth.tienda.get()
expectTypeOf(shop.data?.logo?.ancho).toEqualTypeOf<number | null | undefined>()
const changed = await auth.tienda.patch({ contacto: { email: null } })
if (changed.error?.status === 412) {
  expectTypeOf(changed.error.value.codigo).toEqualTypeOf<'version-distinta'>()
}
// @ts-expect-error -- a shop may leave its name unsaid, and not take it back
await auth.tienda.patch({ nombre: null })
