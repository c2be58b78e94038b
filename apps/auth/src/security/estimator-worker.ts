import { parentPort } from 'node:worker_threads'
import { type OptionsType, ZxcvbnFactory } from '@zxcvbn-ts/core'
import * as common from '@zxcvbn-ts/language-common'
import * as english from '@zxcvbn-ts/language-en'
import * as spanish from '@zxcvbn-ts/language-es-es'
import type { Estimacion } from '../domain/regla-password.ts'

export interface EstimateOrder {
  readonly number: number
  readonly password: string
  readonly personal: readonly string[]
}

export interface EstimateResult extends Estimacion {
  readonly number: number
}

/** What people make passwords of. Month names, planets and the like cost time and add little. */
const kinds = /^(passwords|commonWords|firstnames|lastnames|wikipedia)-/

function dictionary(): NonNullable<OptionsType['dictionary']> {
  const packs = [common.dictionary, english.dictionary, spanish.dictionary]
  const all = packs.flatMap((pack) => Object.entries(pack))
  return Object.fromEntries(all.filter(([name]) => kinds.test(name)))
}

const zxcvbn = new ZxcvbnFactory({
  dictionary: dictionary(),
  graphs: common.adjacencyGraphs,
  maxLength: 128,
  // With the default of 100 a password of 128 symbols takes a second instead of a tenth.
  l33tMaxSubstitutions: 8,
})

parentPort?.on('message', ({ number, password, personal }: EstimateOrder) => {
  const { score, sequence } = zxcvbn.check(password, [...personal])
  const named = sequence.map((match): unknown => match['dictionaryName'])
  const dictionaries = named.filter((name) => typeof name === 'string')
  const result: EstimateResult = { number, score, dictionaries }
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port has no origin
  parentPort?.postMessage(result)
})
