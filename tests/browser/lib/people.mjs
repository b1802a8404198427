// People for demonstrations only. Their numbers are made here from a day of birth: valid by rule, nobody's by intent.

/// GB 11643-1999, section 5: the check character of the seventeen digits before it.
export function identity_number(area, birth, order) {
  const digits = `${area}${birth}${String(order).padStart(3, '0')}`;
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = [...digits].reduce((total, digit, at) => total + Number(digit) * weights[at], 0);
  return digits + '10X98765432'[sum % 11];
}

/// The same with one digit other than it should be, as people mistype.
export function mistyped(number) {
  const at = 15;
  return number.slice(0, at) + ((Number(number[at]) + 1) % 10) + number.slice(at + 1);
}

export const resident = {
  name: '演示甲', identity: identity_number('310110', '19470316', 41), mobile: '13800000000',
  address: '演示路1号', statement: '演示申请，不是真的',
};

/// A photograph: a small grey JPEG, whole and valid, with room for a mark so that two differ.
export function photograph(mark = 0) {
  const jpeg = Buffer.from('/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAAgGBgcGBQgHBwcJCQgKDBQNDAsLDBkSEw8UHRofHh0aHBwgJC4nICIsIxwcKDcpLDAxNDQ0Hyc5PTgyPC4zNDL/wAALCAABAAEBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAACf/EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AKp//2Q==', 'base64');
  const comment = Buffer.from([0xff, 0xfe, 0x00, 0x03, mark]);
  return Buffer.concat([jpeg.subarray(0, 2), comment, jpeg.subarray(2)]);
}
