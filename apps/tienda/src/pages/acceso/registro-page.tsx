import { useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link, useRouter } from '@tanstack/react-router'
import { cliente, pedir } from '../../api.ts'
import {
  deContrasenaNueva,
  deCorreo,
  deNombre,
  deTelefono,
} from '../../formularios/campos-persona.ts'
import { Campo, Formulario } from '../../formularios/campos.tsx'
import { campoDe, porCodigo, useFormulario } from '../../formularios/formulario.ts'
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
    explicar: porCodigo({ 'email-en-uso': { campo: 'email', mensaje: t.registro.emailEnUso } }),
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
        <Campo label={t.registro.nombre} {...deNombre} />
        <Campo label={t.entrar.correo} {...deCorreo} />
        <Campo label={t.registro.telefono} {...deTelefono} />
        <Campo
          label={t.entrar.contrasena}
          name="password"
          hint={t.registro.contrasenaPista}
          {...deContrasenaNueva}
        />
      </Formulario>
    </Hoja>
  )
}
