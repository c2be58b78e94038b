import { useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link, useRouter } from '@tanstack/react-router'
import { cliente, pedir, problemaDe } from '../../api.ts'
import {
  CampoContrasenaNueva,
  CampoCorreo,
  CampoNombre,
  CampoTelefono,
} from '../../formularios/campos-persona.tsx'
import { Formulario } from '../../formularios/campos.tsx'
import { campoDe, useFormulario } from '../../formularios/formulario.ts'
import { olvidarPersona } from '../../sesion/olvidar.ts'
import { useTextos } from '../../textos/idioma.ts'
import { toast } from '../../ui/toast.tsx'
import { entrar } from './entrar-page.tsx'
import { enlaceTexto, Hoja } from './hoja.tsx'

const ruta = getRouteApi('/registro')

export function RegistroPage() {
  const t = useTextos()
  const { volver } = ruta.useSearch()
  const router = useRouter()
  const consultas = useQueryClient()
  const formulario = useFormulario({
    async enviar(datos) {
      const email = campoDe(datos, 'email')
      const password = String(datos.get('password'))
      const nombre = campoDe(datos, 'nombre')
      const telefono = campoDe(datos, 'telefono')
      const cuerpo = { email, password, nombre, ...(telefono === '' ? {} : { telefono }) }
      await pedir(cliente().auth.register.post(cuerpo))
      await entrar(email, password)
      olvidarPersona(consultas)
      toast(t.registro.bienvenida(nombre), { forNextPage: true })
      router.history.replace(volver ?? '/')
    },
    explicar: (error) =>
      problemaDe(error)?.codigo === 'email-en-uso'
        ? { campo: 'email', mensaje: t.registro.emailEnUso }
        : undefined,
  })
  return (
    <Hoja
      titulo={t.registro.titulo}
      pie={
        <p>
          <span>{t.registro.yaTengo}</span>{' '}
          <Link
            to="/entrar"
            search={volver === undefined ? {} : { volver }}
            className={enlaceTexto}
          >
            {t.entrar.boton}
          </Link>
        </p>
      }
    >
      <Formulario de={formulario} boton={t.registro.boton} size="large">
        <CampoNombre />
        <CampoCorreo />
        <CampoTelefono />
        <CampoContrasenaNueva label={t.entrar.contrasena} name="password" />
      </Formulario>
    </Hoja>
  )
}
