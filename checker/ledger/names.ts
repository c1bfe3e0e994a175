/**
 * The text without what tells siblings apart: elements of an array and owners with a number are one
 * family, `sept_4K[2]` is `sept_4K[]` and `vcpu0.fault_snapshot` is `vcpu*.fault_snapshot`. In a
 * list each family is named once.
 */
export function withFamilies(text: string): string {
  return text
    .replace(/\[\d+\]/g, '[]')
    .replace(/\d+(?=\.)/g, '*')
    .replace(/(\S+)(, \1(?=,|$))+/g, '$1');
}
