// Orders of events as three families of input methods send them for one word, written after what the specifications of input
// events and the methods' known ways say (no device was recorded): each event is [type, init, the field's value by then]. What differs is which events carry isComposing, and where the Enter stands.
const composing = { isComposing: true };
const key = (name, more) => ['keydown', { key: name, ...more }];

export const traces = [
  {
    // Safari ends the composition before the keydown that ended it; that keydown says it is composing no more, and only
    // its keyCode 229 gives it away.
    name: 'Safari with Pinyin', note: 'the end comes before the Enter', text: '敬老卡',
    events: [
      key('j', { keyCode: 229 }), ['compositionstart', {}], ['compositionupdate', { data: 'j' }], ['input', { ...composing, inputType: 'insertCompositionText', data: 'j' }, 'j'],
      key('l', { keyCode: 229, ...composing }), ['compositionupdate', { data: 'jlk' }], ['input', { ...composing, inputType: 'insertCompositionText', data: 'jlk' }, 'jlk'],
      ['input', { ...composing, inputType: 'deleteCompositionText' }, ''],
      ['input', { inputType: 'insertFromComposition', data: '敬老卡' }, '敬老卡'], ['compositionend', { data: '敬老卡' }],
      key('Enter', { keyCode: 229 }), ['keyup', { key: 'Enter' }],
    ],
  },
  {
    // Gboard sends "Unidentified" keys, may rewrite the whole field, and has no Enter.
    name: 'Gboard', note: 'keys without a name, text rewritten', text: '敬老卡',
    events: [
      key('Unidentified', { keyCode: 229 }), ['compositionstart', {}], ['beforeinput', { ...composing, inputType: 'insertCompositionText', data: 'jing' }],
      ['compositionupdate', { data: 'jing' }], ['input', { ...composing, inputType: 'insertCompositionText', data: 'jing' }, 'jing'],
      key('Unidentified', { keyCode: 229, ...composing }), ['compositionupdate', { data: '敬老' }], ['input', { ...composing, inputType: 'insertCompositionText', data: '敬老' }, '敬老'],
      ['compositionend', { data: '敬老' }],
      key('Unidentified', { keyCode: 229 }), ['compositionstart', { data: '敬老' }], ['compositionupdate', { data: '敬老卡' }],
      ['input', { ...composing, inputType: 'insertCompositionText', data: '敬老卡' }, '敬老卡'], ['compositionend', { data: '敬老卡' }],
    ],
  },
  {
    // Sogou and its kin keep the letters in their own window: the field stays empty until the word comes, inside the
    // composition; the key that chose it arrives as Process.
    name: 'a Sogou-like method', note: 'letters in its own window, the word in one piece', text: '敬老卡',
    events: [
      key('Process', { keyCode: 229 }), ['compositionstart', {}], ['compositionupdate', { data: '' }], key('Process', { keyCode: 229, ...composing }),
      key('Process', { keyCode: 229, ...composing }), ['compositionupdate', { data: '敬老卡' }], ['input', { ...composing, inputType: 'insertCompositionText', data: '敬老卡' }, '敬老卡'],
      ['compositionend', { data: '敬老卡' }], ['input', { inputType: 'insertText', data: '敬老卡' }, '敬老卡'], key('Enter', { keyCode: 229 }),
    ],
  },
];
