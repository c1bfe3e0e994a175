import fc from 'fast-check';
import { expect, test } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import { element, textElement } from './xml.ts';

const SCHEMA = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
  <xs:element name="a">
    <xs:complexType>
      <xs:sequence><xs:element name="b" type="xs:string"/></xs:sequence>
      <xs:attribute name="c" type="xs:string"/>
    </xs:complexType>
  </xs:element>
</xs:schema>`;

test('any text makes an XML document', async () => {
  const text = fc.string({ unit: 'binary' });
  await fc.assert(
    fc.asyncProperty(text, text, async (inside, attribute) => {
      const contents = element('a', { c: attribute }, [textElement('b', inside)]);
      const { errors } = await validateXML({ xml: { fileName: 'a', contents }, schema: SCHEMA });
      expect(errors).toEqual([]);
    }),
    { numRuns: 20, examples: [['<b>&"\u0000\ud800]]>', '"\n<']] },
  );
});

test('elements are indented, and their text is not', () => {
  expect(element('a', { c: 1 }, [element('b', {}, [textElement('d', 'one\ntwo')])])).toBe(
    '<a c="1">\n  <b>\n    <d>one\ntwo</d>\n  </b>\n</a>',
  );
});
