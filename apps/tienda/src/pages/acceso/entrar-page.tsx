import { useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link, Navigate, useRouter } from '@tanstack/react-router'
import { FalloApi, cliente } from '../../api.ts'
import { deContrasena, deCorreo } from '../../formularios/campos-persona.ts'
import { Campo, Formulario } from '../../formularios/campos.tsx'
import { campoDe, porCodigo, useFormulario } from '../../formularios/formulario.ts'
import { olvidarPersona } from '../../sesion/olvidar.ts'
import { useSesion } from '../../sesion/sesion.ts'
import { useTextos } from '../../textos/idioma.ts'
import { Notice } from '../../ui/badge.tsx'
import { enlaceTexto, Hoja } from './hoja.tsx'

const ruta = getRouteApi('/entrar')

/** @throws FalloApi */
export async function entrar(email: string, password: string): Promise<void> {
  const respuesta = await cliente().login({ email, password })
  if (!respuesta.ok) throw new FalloApi(respuesta)
}

export function EntrarPage() {
  const t = useTextos()
  const { volver } = ruta.useSearch()
  const sesion = useSesion()
  const router = useRouter()
  const consultas = useQueryClient()
  const formulario = useFormulario({
    async enviar(datos) {
      await entrar(campoDe(datos, 'email'), String(datos.get('password')))
      olvidarPersona(consultas)
      router.history.replace(volver ?? '/')
    },
    explicar: porCodigo({ 'credenciales-invalidas': { mensaje: t.entrar.credenciales } }),
  })
  if (sesion === 'abierta' && !formulario.enviando) return <Navigate to={volver ?? '/'} replace />
  return (
    <Hoja
      titulo={volver === undefined ? t.entrar.titulo : t.entrar.seguir}
      pie={
        <>
          <p>
            <span>{t.entrar.sinCuenta}</span>{' '}
            <Link
              to="/registro"
              search={volver === undefined ? {} : { volver }}
              className={enlaceTexto}
            >
              {t.entrar.crear}
            </Link>
          </p>
          <Link to="/olvido" className={enlaceTexto}>
            {t.entrar.olvido}
          </Link>
        </>
      }
    >
      {sesion === 'caducada' && <Notice tone="warning">{t.entrar.caducada}</Notice>}
      <Formulario de={formulario} boton={t.entrar.boton} size="large">
        <Campo label={t.entrar.correo} {...deCorreo} />
        <Campo label={t.entrar.contrasena} name="password" {...deContrasena} />
      </Formulario>
    </Hoja>
  )
}
