/** Disks that are soon full, for tests: in memory, where the user may mount them. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished, type TestContext } from 'vitest'

/** Makes a disk of some kilobytes. Where it cannot be mounted, the test is skipped. @returns its folder */
export const newDisk = ({ skip }: Pick<TestContext, 'skip'>, kilobytes: number): string => {
  const folder = mkdtempSync(join(tmpdir(), 'komoju-disk-'))
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${kilobytes}k`, 'tmpfs', folder])
  if (mounted.status !== 0) {
    rmSync(folder, { recursive: true })
    skip('A disk can be mounted by root alone.')
  }
  onTestFinished(() => {
    spawnSync('umount', ['-l', folder])
    rmSync(folder, { recursive: true })
  })
  return folder
}

/** Fills a disk. @param kilobytes that it leaves */
export const fillDisk = (folder: string, kilobytes: number) => {
  const { bavail, bsize } = statfsSync(folder)
  writeFileSync(join(folder, 'filling'), Buffer.alloc(bavail * bsize - kilobytes * 1024))
}
