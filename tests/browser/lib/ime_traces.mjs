// Orders of events as families of input methods send them for one word. No device was recorded here: each order is put
// together from what is published about it (`source`), and what isn't published is said to be made by hand. Each event is
// [type, init, the field's value by then]. They differ in which events carry isComposing, and in where the Enter stands.
const composing = { isComposing: true };
const key = (name, more) => ['keydown', { key: name, ...more }];
const change = (data, more = composing) => ['input', { ...more, inputType: 'insertCompositionText', data }, data];
const update = (data) => ['compositionupdate', { data }];
const before = (data) => ['beforeinput', { ...composing, inputType: 'insertCompositionText', data }];

export const traces = [
  {
    name: 'Safari with Pinyin', note: 'the end comes before the Enter', text: '敬老卡',
    // compositionstart before the first keydown: w3c/uievents #360. compositionend before the keydown of the Enter, which
    // only its keyCode 229 gives away: WebKit bug 165004, mdn/browser-compat-data #30009 (still so in Safari 26.3).
    // deleteCompositionText and insertFromComposition before the end: w3c/input-events #115.
    source: 'w3c/uievents #360; WebKit 165004; w3c/input-events #115',
    events: [
      ['compositionstart', {}], update('j'), before('j'), change('j'), key('j', { keyCode: 229, ...composing }),
      update('jlk'), before('jlk'), change('jlk'), key('k', { keyCode: 229, ...composing }),
      ['input', { ...composing, inputType: 'deleteCompositionText' }, ''],
      ['input', { inputType: 'insertFromComposition', data: '敬老卡' }, '敬老卡'], ['compositionend', { data: '敬老卡' }],
      key('Enter', { keyCode: 229 }), ['keyup', { key: 'Enter' }],
    ],
  },
  {
    name: 'Chrome on a desktop, and Safari since WebKit 311717', note: 'the Enter comes before the end', text: '敬老卡',
    // beforeinput, compositionupdate, input: w3c/uievents #354; keydown first, with 229, and with isComposing at the end:
    // w3c/uievents #360; Safari's new order: WebKit pull request 62264.
    source: 'w3c/uievents #354, #360; WebKit 311717',
    events: [
      key('j', { keyCode: 229 }), ['compositionstart', {}], before('j'), update('j'), change('j'),
      key('k', { keyCode: 229, ...composing }), before('jlk'), update('jlk'), change('jlk'),
      key('Enter', { keyCode: 229, ...composing }), before('敬老卡'), update('敬老卡'), change('敬老卡'), ['compositionend', { data: '敬老卡' }],
      ['keyup', { key: 'Enter' }],
    ],
  },
  {
    name: 'Firefox', note: 'keys are called Process, and the last change is told before and after the end', text: '敬老卡',
    // Process: w3c/uievents #360, react #14512. A second input event after compositionend, without isComposing:
    // w3c/uievents #202, w3c/input-events #176 (Mozilla bug 1910865).
    source: 'w3c/uievents #202, #360; w3c/input-events #176',
    events: [
      key('Process', { keyCode: 229 }), ['compositionstart', {}], update('j'), before('j'), change('j'),
      key('Process', { keyCode: 229, ...composing }), update('jlk'), before('jlk'), change('jlk'),
      key('Process', { keyCode: 229, ...composing }), update('敬老卡'), before('敬老卡'), change('敬老卡'), ['compositionend', { data: '敬老卡' }], change('敬老卡', {}),
    ],
  },
  {
    name: 'Gboard', note: 'keys without a name, a word taken up again', text: '敬老卡',
    // Unidentified and 229 for every key: react #14512, retrotick #48. A finished word becomes a composition again, which
    // compositionstart tells (setComposingRegion): public-editing-tf, February 2018.
    source: 'react #14512; lists.w3.org public-editing-tf 2018Feb',
    events: [
      key('Unidentified', { keyCode: 229 }), ['compositionstart', {}], before('jing'), update('jing'), change('jing'),
      key('Unidentified', { keyCode: 229, ...composing }), before('敬老'), update('敬老'), change('敬老'), ['compositionend', { data: '敬老' }],
      key('Unidentified', { keyCode: 229 }), ['compositionstart', { data: '敬老' }], update('敬老'), before('敬老卡'), update('敬老卡'), change('敬老卡'), ['compositionend', { data: '敬老卡' }],
    ],
  },
  {
    name: 'a Sogou-like method', note: 'letters in its own window, the word in one piece', text: '敬老卡',
    // A keydown of 229 for each letter, without its keyup: hotkeys-js #72 (Sogou, QQ). An Enter with 229 after the end,
    // without isComposing: hermes-agent #41026 (some methods on Windows). That the field stays empty meanwhile is made by
    // hand: nothing published shows the composition events of such a method.
    source: 'hotkeys-js #72; hermes-agent #41026; partly by hand',
    events: [
      key('Process', { keyCode: 229 }), ['compositionstart', {}], update(''), key('Process', { keyCode: 229, ...composing }),
      key('Process', { keyCode: 229, ...composing }), update('敬老卡'), before('敬老卡'), change('敬老卡'), ['compositionend', { data: '敬老卡' }],
      key('Enter', { keyCode: 229 }),
    ],
  },
];

/// The search key of an Android keyboard while the last word is still underlined: the keyboard keeps every word, of Latin
/// letters too, as a composition until the next space, and its own Enter says isComposing (Gboard: VSCodroid #434, lurker
/// #623; with keyCode 229: froala/wysiwyg-editor #4546).
export const search_key_of_android = {
  text: 'jlk',
  events: [
    key('Unidentified', { keyCode: 229 }), ['compositionstart', {}], before('j'), update('j'), change('j'),
    key('Unidentified', { keyCode: 229, ...composing }), before('jlk'), update('jlk'), change('jlk'),
    key('Enter', { keyCode: 229, ...composing }),
  ],
};
