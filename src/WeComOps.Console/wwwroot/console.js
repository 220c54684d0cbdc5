// The console's own behaviour. Every link and form works without it; it keeps the place while something is looked up.
(() => {
  'use strict';

  const drawer = document.getElementById('drawer');
  const body = document.getElementById('drawer-body');
  let opener = null;

  async function show(url) {
    let text;
    try {
      const response = await fetch(url, { headers: { 'X-Part': 'drawer' } });
      if (!response.ok || response.redirected) {
        location.assign(url);
        return false;
      }
      text = await response.text();
    } catch {
      location.assign(url);
      return false;
    }
    body.innerHTML = text;
    drawer.hidden = false;
    drawer.scrollTop = 0;
    drawer.focus();
    return true;
  }

  function hide() {
    if (drawer.hidden) return;
    drawer.hidden = true;
    body.replaceChildren();
    opener?.focus();
    opener = null;
  }

  // Closing goes back over every step taken inside the drawer, so that Back afterwards leaves the page as expected.
  function close() {
    const depth = history.state?.drawer ?? 0;
    if (depth > 0) history.go(-depth);
    else hide();
  }

  document.addEventListener('click', async event => {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
    if (event.target.closest('[data-close-drawer]')) {
      close();
      return;
    }
    const opens = event.target.closest('[data-open]');
    if (opens) {
      openPalette();
      return;
    }
    const insert = event.target.closest('[data-insert]');
    if (insert) {
      const field = document.getElementById('answer');
      field.value = document.getElementById(insert.dataset.insert).textContent.trim();
      field.dispatchEvent(new Event('input', { bubbles: true }));
      field.focus();
      return;
    }
    const link = event.target.closest('a[data-drawer]');
    if (!link || !drawer) return;
    event.preventDefault();
    const depth = drawer.hidden ? 1 : (history.state?.drawer ?? 0) + 1;
    if (drawer.hidden) opener = link;
    if (await show(link.href)) history.pushState({ drawer: depth, url: link.href }, '', link.href);
  });

  addEventListener('popstate', event => {
    if (event.state?.drawer) show(event.state.url);
    else hide();
  });

  // After a reload the drawer's address is a page of its own; its old state must not open a drawer over it.
  if (history.state?.drawer) history.replaceState(null, '');

  const palette = document.getElementById('search');
  function openPalette() {
    if (palette && !palette.open) {
      palette.showModal();
      palette.querySelector('input').select();
    }
  }

  document.addEventListener('keydown', event => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
      event.preventDefault();
      openPalette();
    } else if (event.key === 'Escape' && drawer && !drawer.hidden && !palette?.open) {
      close();
    } else if (palette?.open && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      const stops = [palette.querySelector('input'), ...palette.querySelectorAll('a')];
      const next = stops.indexOf(document.activeElement) + (event.key === 'ArrowDown' ? 1 : -1);
      stops[Math.max(0, Math.min(stops.length - 1, next))].focus();
      event.preventDefault();
    } else if (event.altKey && /^[1-3]$/.test(event.key)) {
      document.querySelectorAll('[data-insert]')[Number(event.key) - 1]?.click();
    }
  });
  palette?.addEventListener('click', event => { if (event.target === palette) palette.close(); });

  document.querySelectorAll('form[data-autosubmit]').forEach(form => form.addEventListener('change', () => form.requestSubmit()));

  document.querySelectorAll('form[data-confirm]').forEach(form => form.addEventListener('submit', event => {
    if (!confirm(form.dataset.confirm)) event.preventDefault();
  }));

  const source = document.querySelector('.source');
  const gutter = document.querySelector('.gutter');
  const lint = document.getElementById('studio-lint');
  if (source && gutter) {
    const ranks = ['info', 'warn', 'block'];
    const number = () => {
      const marks = new Map();
      lint?.querySelectorAll('li[data-at]').forEach(item => {
        const mark = marks.get(item.dataset.at) ?? { level: 'info', said: [] };
        if (ranks.indexOf(item.dataset.level) > ranks.indexOf(mark.level)) mark.level = item.dataset.level;
        mark.said.push((item.querySelector('.what')?.textContent ?? '').trim());
        marks.set(item.dataset.at, mark);
      });
      const lines = source.value.split('\n').length;
      gutter.replaceChildren(...Array.from({ length: lines }, (_, i) => {
        const line = document.createElement('div');
        const label = document.createElement('span');
        label.textContent = i + 1;
        const mark = marks.get(String(i + 1));
        if (mark) {
          label.className = `at-${mark.level}`;
          label.title = mark.said.join('\n');
        }
        line.append(label);
        return line;
      }));
      gutter.scrollTop = source.scrollTop;
    };
    source.addEventListener('input', number);
    source.addEventListener('scroll', () => { gutter.scrollTop = source.scrollTop; });
    // The findings are written anew while the text is edited: their marks belong to the lines here.
    if (lint) new MutationObserver(number).observe(lint, { childList: true });
    const remarks = document.getElementById('remarks');
    const remarkOn = line => {
      const rows = remarks.querySelector('.remarks');
      let row = [...rows.children].find(each => !each.querySelector('[name=line]').value || each.querySelector('[name=line]').value === String(line));
      if (!row) {
        row = rows.firstElementChild.cloneNode(true);
        row.querySelectorAll('input').forEach(input => { input.value = ''; });
        rows.append(row);
      }
      if (line) row.querySelector('[name=line]').value = line;
      remarks.open = true;
      row.querySelector(line ? '[name=remark]' : '[name=line]').focus();
    };
    remarks?.querySelector('[data-more]').addEventListener('click', () => remarkOn(''));
    if (remarks) gutter.classList.add('is-remarked');
    gutter.addEventListener('click', event => {
      if (remarks) {
        remarkOn(event.target.textContent.trim());
        return;
      }
      const item = lint?.querySelector(`li[data-at="${CSS.escape(event.target.textContent.trim())}"]`);
      item?.scrollIntoView({ block: 'nearest' });
      item?.focus({ preventScroll: true });
    });
    document.addEventListener('click', event => {
      const line = Number(event.target.closest?.('[data-line]')?.dataset.line);
      if (!line) return;
      const start = source.value.split('\n').slice(0, line - 1).reduce((sum, text) => sum + text.length + 1, 0);
      const end = source.value.indexOf('\n', start);
      source.focus();
      source.setSelectionRange(start, end < 0 ? source.value.length : end);
      source.scrollTop = Math.max(0, (line - 6) * 20);
    });
    number();

    // A snippet is copied into the front matter; the body includes it where the cursor was, or at its end.
    document.addEventListener('click', event => {
      const chosen = event.target.closest?.('[data-snippet]');
      if (!chosen || source.readOnly) return;
      const lines = source.value.split('\n');
      const end = lines.indexOf('---', 1);
      if (lines[0] !== '---' || end < 0) return;
      const body = lines.slice(end + 1).join('\n');
      const cursor = source.selectionStart - (source.value.length - body.length);
      const matter = withSnippet(lines.slice(0, end), chosen.dataset.snippet, chosen.closest('.suggestion').querySelector('p').textContent);
      if (!matter) return;
      const isInside = cursor >= 0 && cursor < body.trimEnd().length;
      const at = isInside ? cursor : body.trimEnd().length;
      const before = `${matter.join('\n')}\n---\n${body.slice(0, at)}${isInside || at === 0 ? '' : '\n'}{{ include '${chosen.dataset.snippet}' }}`;
      source.value = before + body.slice(at);
      source.focus();
      source.setSelectionRange(before.length, before.length);
      source.dispatchEvent(new Event('input', { bubbles: true }));
    });

    // A picture that is chosen is written into the front matter, where it can be seen and taken out again.
    document.addEventListener('click', event => {
      const chosen = event.target.closest?.('[data-image], [data-cover]');
      if (!chosen || source.readOnly) return;
      const lines = source.value.split('\n');
      const end = lines.indexOf('---', 1);
      if (lines[0] !== '---' || end < 0) return;
      const at = key => lines.findIndex((line, i) => i < end && line.startsWith(`${key}:`));
      if (chosen.dataset.image) {
        const images = at('images');
        const inline = images < 0 ? null : /^images:\s*\[(.*)\]\s*$/.exec(lines[images]);
        if (images < 0) lines.splice(end, 0, `images: [${chosen.dataset.image}]`);
        else if (inline) lines[images] = `images: [${[inline[1].trim(), chosen.dataset.image].filter(Boolean).join(', ')}]`;
        else lines.splice(images + 1, 0, `  - ${chosen.dataset.image}`);
      } else {
        const card = at('card');
        const flow = card < 0 ? null : /^card:\s*\{(.*)\}\s*$/.exec(lines[card]);
        if (card < 0) lines.splice(end, 0, `card: { title: ${source.dataset.cardTitle}, cover: ${chosen.dataset.cover} }`);
        else if (flow) lines[card] = `card: { ${flow[1].replace(/,?\s*cover:\s*[^,}]*/, '').trim()}, cover: ${chosen.dataset.cover} }`;
        else lines.splice(card + 1, 0, `  cover: ${chosen.dataset.cover}`);
      }
      source.value = lines.join('\n');
      source.dispatchEvent(new Event('input', { bubbles: true }));
    });
  }

  // The lines of a front matter with a snippet as a block of its own, in the place of one of the same name.
  function withSnippet(lines, name, text) {
    const key = lines.findIndex(line => /^snippets\s*:/.test(line));
    const isInner = line => /^(\s|$)/.test(line) || line.startsWith('#');
    let last = key + 1;
    while (key >= 0 && last < lines.length && isInner(lines[last])) last++;
    const inner = key < 0 ? [] : lines.slice(key + 1, last);
    const indent = /^ */.exec(inner.find(line => /^ +[^\s#]/.test(line)) ?? '  ')[0];
    const isEntry = line => line.startsWith(indent) && /^[^\s#]/.test(line.slice(indent.length));
    // White space at the beginning would be taken for indentation.
    const block = [`${indent}${name}: |${/^\s/.test(text) ? 2 : ''}`, ...text.split('\n').map(line => line && `${indent}  ${line}`)];
    if (key < 0) return [...lines, 'snippets:', ...block];
    const flow = /^snippets\s*:\s*\{(.*)\}\s*$/.exec(lines[key]);
    if (flow) {
      // Written on one line: JSON's texts are YAML's too.
      const rest = flow[1].trim();
      return new RegExp(`(^|,)\\s*${name}\\s*:`).test(rest) ? null : [...lines.slice(0, key), `snippets: { ${rest && `${rest}, `}${name}: ${JSON.stringify(text)} }`, ...lines.slice(key + 1)];
    }
    const from = inner.findIndex(line => isEntry(line) && line.slice(indent.length).split(':')[0].trim() === name);
    if (from < 0) {
      while (inner.length && !inner.at(-1).trim()) inner.pop();
      return [...lines.slice(0, key + 1), ...inner, ...block, ...lines.slice(last)];
    }
    const to = inner.findIndex((line, i) => i > from && isEntry(line));
    return [...lines.slice(0, key + 1), ...inner.slice(0, from), ...block, ...(to < 0 ? [] : inner.slice(to)), ...lines.slice(last)];
  }

  const draft = document.getElementById('draft');
  if (draft?.dataset.autosave) keep(draft, document.getElementById('saved'));

  // Keeps the draft while its writer goes on typing. One request at a time: the next one needs the revision that the last one brought.
  function keep(form, said) {
    const pause = 1500;
    let timer = 0;
    let busy = false;
    let leaving = null;
    let kept = source.value;
    const wait = time => {
      clearTimeout(timer);
      timer = setTimeout(save, time);
    };
    const tell = text => {
      let hint = said.querySelector('.hint');
      if (!hint) {
        hint = document.createElement('span');
        hint.className = 'hint';
        said.append(hint);
      }
      hint.textContent = text;
    };
    async function save() {
      if (busy || said.querySelector('[data-stopped]') || source.value === kept) return;
      busy = true;
      const text = source.value;
      tell(form.dataset.saving);
      try {
        const response = await fetch(form.dataset.autosave, { method: 'POST', body: new FormData(form), redirect: 'error' });
        if (!response.ok) throw new Error(`${response.status}`);
        said.innerHTML = await response.text();
        if (!said.querySelector('.alert')) kept = text;
      } catch {
        tell(form.dataset.offline);
        wait(10 * pause);
        return;
      } finally {
        busy = false;
        if (leaving) form.requestSubmit(leaving);
      }
      if (source.value !== text) wait(pause);
    }
    source.addEventListener('input', () => wait(pause));
    form.addEventListener('submit', event => {
      clearTimeout(timer);
      if (busy) {
        event.preventDefault();
        leaving = event.submitter;
        return;
      }
      kept = source.value;
    });
    addEventListener('beforeunload', event => { if (source.value !== kept) event.preventDefault(); });
  }

  const element = document.getElementById('quadrant');
  if (element && window.echarts) draw(element);

  function draw(target) {
    const data = JSON.parse(target.dataset.chart);
    const colour = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
    const [ink, soft, line, accent] = ['--ink', '--ink-2', '--line', '--accent'].map(colour);
    const chart = echarts.init(target);
    const most = Math.max(1, ...data.dots.map(dot => dot.advisors));
    const size = advisors => 12 + 26 * Math.sqrt(advisors / most);
    const font = getComputedStyle(document.body).fontFamily;
    const narrow = target.clientWidth < 520;
    const corner = (text, x, y, align) => ({
      type: 'text', x: 0, y: 0, silent: true, z: 0,
      style: { text, fill: soft, font: `13px ${font}`, opacity: .85, textAlign: align },
      at: [x, y],
    });
    const corners = [
      corner(data.corners[0], 100, 0, 'right'), corner(data.corners[1], 0, 100, 'left'),
      corner(data.corners[2], 0, 0, 'left'), corner(data.corners[3], 100, 100, 'right'),
    ];
    const axis = name => ({
      type: 'value', min: 0, max: 100, interval: 25, name, nameLocation: 'middle', nameGap: 30,
      nameTextStyle: { color: soft, fontFamily: font }, axisLabel: { color: soft, fontFamily: font },
      axisLine: { lineStyle: { color: line } }, axisTick: { show: false }, splitLine: { lineStyle: { color: line, opacity: .6 } },
    });
    chart.setOption({
      animation: false,
      textStyle: { fontFamily: font },
      grid: { left: 52, right: 22, top: 14, bottom: 46 },
      tooltip: {
        renderMode: 'richText', backgroundColor: colour('--paper'), borderColor: line, textStyle: { color: ink, fontFamily: font },
        formatter: point => point.data.dot
          ? `${point.data.dot.name}\n${data.x} ${point.data.dot.action}   ${data.y} ${point.data.dot.outcome}\n${data.size} ${point.data.dot.advisors}\n${point.data.dot.corner}` : '',
      },
      xAxis: axis(data.x),
      yAxis: axis(data.y),
      series: [
        ...data.dots.filter(dot => dot.trail.length).map(dot => ({
          type: 'line', silent: true, symbol: 'circle', symbolSize: 4, z: 1,
          lineStyle: { color: accent, width: 1.2, opacity: .4 }, itemStyle: { color: accent, opacity: .4 },
          data: [...dot.trail, [dot.action, dot.outcome]],
        })),
        {
          type: 'scatter', z: 3, cursor: 'pointer',
          itemStyle: { color: accent, opacity: .85, borderColor: colour('--paper'), borderWidth: 1.5 },
          data: data.dots.map(dot => ({
            value: [dot.action, dot.outcome], symbolSize: size(dot.advisors), dot,
            // A name that would run over the edge stands on the other side.
            label: { position: narrow ? (dot.outcome > 75 ? 'bottom' : 'top') : dot.action > 70 ? 'left' : 'right' },
          })),
          label: { show: true, position: narrow ? 'top' : 'right', color: ink, fontFamily: font, fontSize: 12, formatter: point => point.data.dot.name },
          labelLayout: { hideOverlap: true },
          markLine: {
            silent: true, symbol: 'none', label: { show: false }, lineStyle: { color: soft, type: 'dashed', opacity: .7 },
            data: [{ xAxis: data.actionDivide }, { yAxis: data.outcomeDivide }],
          },
        },
      ],
    });
    const place = () => chart.setOption({
      graphic: corners.map((item, index) => {
        const [x, y] = chart.convertToPixel('grid', item.at);
        return { id: `corner${index}`, ...item, x: x + (item.at[0] ? -8 : 8), y: y + (item.at[1] ? 8 : -46) };
      }),
    });
    place();
    chart.on('click', point => { if (point.data?.dot) location.assign(point.data.dot.href); });
    new ResizeObserver(() => { chart.resize(); place(); }).observe(target);
  }
})();
