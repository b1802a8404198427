// ImGui's draw lists on a WebGL2 canvas. Nobody else draws here, so the state is set once, and the GPU is never asked
// for anything: an answer would hold this thread until all that came before is drawn.

const vertex_text = `#version 300 es
uniform vec2 size;
layout(location=0) in vec2 place;
layout(location=1) in vec2 spot;
layout(location=2) in vec4 colour;
out highp vec2 at;
out vec4 tint;
void main() {
  at = spot;
  tint = colour;
  gl_Position = vec4(place.x * 2.0 / size.x - 1.0, 1.0 - place.y * 2.0 / size.y, 0, 1);
}`;
// Textures hold coverage, one octet a pixel.
const fragment_text = `#version 300 es
precision mediump float;
uniform sampler2D coverage;
in highp vec2 at;
in vec4 tint;
out vec4 pixel;
void main() { pixel = vec4(tint.rgb, tint.a * texture(coverage, at).r); }`;

const octets_of_vertex = 20, octets_of_index = 4, numbers_of_command = 7;

export class GlCanvas {
  /// On `canvas`, or null where there is no WebGL2.
  static on(canvas) {
    const gl = canvas.getContext('webgl2', { alpha: true, antialias: false, depth: false, stencil: false, powerPreference: 'low-power' });
    return gl && !gl.isContextLost() ? new GlCanvas(canvas, gl) : null;
  }

  constructor(canvas, gl) {
    Object.assign(this, { canvas, gl_: gl });
    this.set_up();
  }

  /// At the start, and when the browser has given back a context that was lost: then all textures are to come again.
  set_up() {
    const gl = this.gl_, program = gl.createProgram();
    this.textures_ = new Map();
    for (const [kind, text] of [[gl.VERTEX_SHADER, vertex_text], [gl.FRAGMENT_SHADER, fragment_text]]) {
      const shader = gl.createShader(kind);
      gl.shaderSource(shader, text);
      gl.compileShader(shader);
      gl.attachShader(program, shader);
    }
    gl.linkProgram(program);
    gl.useProgram(program);
    this.size_ = gl.getUniformLocation(program, 'size');
    gl.bindBuffer(gl.ARRAY_BUFFER, gl.createBuffer());
    gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, gl.createBuffer());
    [[2, gl.FLOAT, false, 0], [2, gl.FLOAT, false, 8], [4, gl.UNSIGNED_BYTE, true, 16]].forEach(([numbers, type, normalised, offset], location) => {
      gl.enableVertexAttribArray(location);
      gl.vertexAttribPointer(location, numbers, type, normalised, octets_of_vertex, offset);
    });
    gl.enable(gl.BLEND);
    gl.blendFuncSeparate(gl.SRC_ALPHA, gl.ONE_MINUS_SRC_ALPHA, gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
    gl.pixelStorei(gl.UNPACK_ALIGNMENT, 1);
  }

  /// The GPU's driver translates the program when it first draws with it. A corner that nobody sees is drawn ahead.
  warm_up() {
    this.upload(0, 1, 1, [0, 0, 1, 1], new Uint8Array(1));
    const corner = new Float32Array([0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 2, 0, 0, 0]);   // place, spot and colour of each vertex
    this.draw(1, 1, [0, 0, 0, 0], new Uint8Array(corner.buffer), new Uint8Array(new Uint32Array([0, 1, 2]).buffer), new Int32Array([0, 0, 0, 1, 1, 0, 3]));
    this.forget(0);
  }

  /// Octets [x, y, w, h] of a texture that is `width` octets wide; a new one when the rectangle is all of it.
  upload(id, width, height, [x, y, w, h], octets) {
    const gl = this.gl_, whole = w === width && h === height;
    if (whole) {
      this.forget(id);
      this.textures_.set(id, gl.createTexture());
    }
    gl.bindTexture(gl.TEXTURE_2D, this.textures_.get(id));
    if (whole) {
      for (const name of [gl.TEXTURE_MIN_FILTER, gl.TEXTURE_MAG_FILTER]) gl.texParameteri(gl.TEXTURE_2D, name, gl.LINEAR);
      for (const name of [gl.TEXTURE_WRAP_S, gl.TEXTURE_WRAP_T]) gl.texParameteri(gl.TEXTURE_2D, name, gl.CLAMP_TO_EDGE);
      gl.texImage2D(gl.TEXTURE_2D, 0, gl.R8, width, height, 0, gl.RED, gl.UNSIGNED_BYTE, octets);
    } else {
      gl.pixelStorei(gl.UNPACK_ROW_LENGTH, width);
      gl.texSubImage2D(gl.TEXTURE_2D, 0, x, y, w, h, gl.RED, gl.UNSIGNED_BYTE, octets);
      gl.pixelStorei(gl.UNPACK_ROW_LENGTH, 0);
    }
  }

  forget(id) {
    this.gl_.deleteTexture(this.textures_.get(id) ?? null);
    this.textures_.delete(id);
  }

  /// `ground` is a colour of four numbers, multiplied by its alpha. `commands`: [texture, left, bottom, width, height,
  /// first index, indices] each; a rectangle of one colour says no indices, and its colour (red highest) for the first.
  draw(width, height, ground, vertices, indices, commands) {
    const gl = this.gl_, { canvas } = this;
    if (canvas.width !== width) canvas.width = width;
    if (canvas.height !== height) canvas.height = height;
    gl.viewport(0, 0, width, height);
    gl.disable(gl.SCISSOR_TEST);
    gl.clearColor(...ground);
    gl.clear(gl.COLOR_BUFFER_BIT);
    gl.enable(gl.SCISSOR_TEST);
    gl.uniform2f(this.size_, width, height);
    gl.bufferData(gl.ARRAY_BUFFER, vertices, gl.STREAM_DRAW);
    gl.bufferData(gl.ELEMENT_ARRAY_BUFFER, indices, gl.STREAM_DRAW);
    for (let i = 0; i < commands.length; i += numbers_of_command) {
      const [texture, left, bottom, w, h, first, count] = commands.subarray(i, i + numbers_of_command);
      gl.scissor(left, bottom, w, h);
      if (!count) {
        gl.clearColor((first >>> 24) / 255, (first >>> 16 & 255) / 255, (first >>> 8 & 255) / 255, 1);
        gl.clear(gl.COLOR_BUFFER_BIT);
        continue;
      }
      gl.bindTexture(gl.TEXTURE_2D, this.textures_.get(texture));
      gl.drawElements(gl.TRIANGLES, count, gl.UNSIGNED_INT, first * octets_of_index);
    }
  }
}
