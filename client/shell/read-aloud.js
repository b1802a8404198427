// Reads the page aloud, sentence by sentence, each on yellow while it is heard. Loaded when first asked for.

const sentence = /[^。！？；!?;\n]+[。！？；!?;]?/g;
const silent = '[aria-hidden=true], .sr, button, input, select, textarea, option';

/// Sentences of an element's own text as ranges; words that <wbr> cuts into pieces are one text.
function sentences_of(element) {
  const pieces = [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE);
  const text = pieces.map((node) => node.data).join('');
  const place = (offset) => {
    for (const node of pieces) {
      if (offset <= node.data.length) return [node, offset];
      offset -= node.data.length;
    }
    return [pieces.at(-1), pieces.at(-1).data.length];
  };
  return [...text.matchAll(sentence)].filter(([words]) => words.trim()).map(({ 0: words, index }) => {
    const range = document.createRange();
    range.setStart(...place(index));
    range.setEnd(...place(index + words.length));
    return { words, range, element };
  });
}

function sentences_in(root) {
  const found = [];
  const walk = (element) => {
    if (element.matches(silent)) return;
    found.push(...sentences_of(element));
    for (const below of element.children) walk(below);
  };
  walk(root);
  return found;
}

export class ReadAloud {
  /// `voice()` is the one to read with; `ended()` is called when there is nothing left to read.
  constructor(voice, ended) {
    this.voice_ = voice;
    this.ended_ = ended;
    this.left_ = [];
  }

  start(root) {
    this.stop();
    this.left_ = sentences_in(root);
    this.next_();
  }

  stop() {
    this.left_ = [];
    this.speaking_ = null;
    speechSynthesis.cancel();
    CSS.highlights?.delete('reading');
  }

  next_() {
    const next = this.left_.shift();
    if (!next) {
      this.stop();
      return this.ended_();
    }
    CSS.highlights?.set('reading', new Highlight(next.range));
    next.element.scrollIntoView({ block: 'nearest' });
    const said = new SpeechSynthesisUtterance(next.words);
    said.voice = this.voice_();
    said.lang = said.voice.lang;
    said.rate = 0.9;
    // Of an utterance that was cancelled the end is heard, too: it is no longer this one.
    said.onend = said.onerror = () => { if (this.speaking_ === said) this.next_(); };
    this.speaking_ = said;
    speechSynthesis.speak(said);
  }
}
