// Draws what the page holds as data beside each figure. Tooltips are drawn on the canvas: none sets a style.
'use strict';

(() => {
  const DAY = 86400000;
  const lang = document.documentElement.lang;
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
  const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const compact = new Intl.NumberFormat(lang, { notation: 'compact', maximumFractionDigits: 1 });
  const go = (address) => { if (address) location.assign(address); };

  const look = () => ({
    ink: css('--ink'), soft: css('--soft'), line: css('--line'), ground: css('--ground'), raised: css('--raised'),
    mark: css('--mark'), warm: css('--warm'), cool: css('--cool'),
  });
  const base = (c) => ({
    animation: !still,
    animationDuration: 300,
    textStyle: { color: c.soft, fontFamily: getComputedStyle(document.body).fontFamily, fontSize: 12 },
    tooltip: {
      renderMode: 'richText', confine: true, backgroundColor: c.raised, borderColor: c.line,
      textStyle: { color: c.ink, fontSize: 12, lineHeight: 18 },
    },
  });
  const axisLook = (c) => ({
    axisLine: { lineStyle: { color: c.line } }, axisTick: { show: false }, axisLabel: { color: c.soft, hideOverlap: true },
    splitLine: { lineStyle: { color: c.line, opacity: 0.6 } },
  });
  const slider = (c, more) => ({
    type: 'slider', height: 18, bottom: 6, borderColor: c.line, fillerColor: c.line + '66', brushSelect: false,
    handleStyle: { color: c.ground, borderColor: c.soft }, moveHandleSize: 0, textStyle: { color: c.soft },
    dataBackground: { lineStyle: { opacity: 0 }, areaStyle: { opacity: 0 } },
    selectedDataBackground: { lineStyle: { opacity: 0 }, areaStyle: { opacity: 0 } }, ...more,
  });
  const moments = lang === 'ja'
    ? { year: '{yyyy}年', month: '{M}月', day: '{M}月{d}日' }
    : { year: '{yyyy}', month: '{MMM}', day: '{d} {MMM}' };
  const timeLabel = (c) => ({ color: c.soft, hideOverlap: true, formatter: moments });
  // Long names are cut where the canvas would cut them.
  const wrap = (text, width) => String(text).replace(new RegExp(`(.{${width}})(?=.)`, 'gu'), '$1\n');

  // Places by forces (Fruchterman and Reingold 1991), from a circle: the same data always lie the same.
  const placed = (nodes, edges, width, height) => {
    const order = [...nodes].sort((a, b) => b.events - a.events);
    const at = order.map((node, i) => {
      const turn = (i * 2.399963) % (2 * Math.PI);
      const far = Math.sqrt((i + 1) / order.length);
      return { id: node.id, x: far * Math.cos(turn), y: far * Math.sin(turn) };
    });
    const find = new Map(at.map((p) => [p.id, p]));
    const k = 0.9 / Math.sqrt(order.length);
    for (let heat = 0.2; heat > 0.002; heat *= 0.985) {
      for (const p of at) { p.dx = -p.x * 0.9; p.dy = -p.y * 0.9; }
      const push = (p, q, force, away) => {
        const [x, y] = [p.x - q.x, p.y - q.y];
        const d = Math.max(Math.hypot(x, y), 0.01);
        const f = force(d) * away / d;
        p.dx += x * f; p.dy += y * f; q.dx -= x * f; q.dy -= y * f;
      };
      at.forEach((p, i) => at.slice(i + 1).forEach((q) => push(p, q, (d) => k * k / d, 1)));
      for (const edge of edges) push(find.get(edge.a), find.get(edge.b), (d) => d * d / k, -0.35);
      for (const p of at) {
        const d = Math.max(Math.hypot(p.dx, p.dy), 0.001);
        p.x += (p.dx / d) * Math.min(d, heat); p.y += (p.dy / d) * Math.min(d, heat);
      }
    }
    // Stretched to the room that there is, so that circles stay circles.
    const span = (get) => { const all = at.map(get); return [Math.min(...all), Math.max(...all)]; };
    const [left, right] = span((p) => p.x);
    const [top, bottom] = span((p) => p.y);
    return new Map(at.map((p) => [p.id, {
      x: ((p.x - left) / (right - left || 1)) * width, y: ((p.y - top) / (bottom - top || 1)) * height,
    }]));
  };

  const kinds = {
    periods(data, c) {
      const names = data.periods.map((one) => one.period);
      const bar = (name, values, color, more) => ({
        type: 'bar', name, data: values, stack: 'all', barMaxWidth: 28, itemStyle: { color }, cursor: 'pointer', ...more,
      });
      const zoom = names.length > 36;
      return {
        height: 250,
        option: {
          ...base(c),
          grid: { left: 44, right: 12, top: data.shifts.length ? 46 : 34, bottom: zoom ? 56 : 28 },
          legend: { top: 0, left: 0, itemWidth: 12, itemHeight: 10, textStyle: { color: c.soft } },
          tooltip: {
            ...base(c).tooltip, trigger: 'axis', axisPointer: { type: 'shadow' },
            formatter: (at) => {
              const one = data.periods[at[0].dataIndex];
              const w = data.words;
              const shifted = data.shifts.filter((shift) => shift.period === one.period).map((shift) => shift.label);
              return [one.period, ...shifted, `${w.cooperation} ${one.cooperation}`, `${w.conflict} ${one.conflict}`,
                `${w.planned} ${one.planned}`, `${w.goldstein} ${one.goldstein.toFixed(1)}`, w.open].join('\n');
            },
          },
          xAxis: { type: 'category', data: names, ...axisLook(c), splitLine: { show: false } },
          yAxis: { type: 'value', minInterval: 1, ...axisLook(c), axisLabel: { color: c.soft, formatter: (n) => compact.format(Math.abs(n)) } },
          dataZoom: zoom ? [slider(c)] : [],
          series: [
            bar(data.words.cooperation, data.periods.map((one) => one.cooperation), c.cool, {
              // Where the level changed.
              markLine: {
                silent: true, symbol: 'none', animation: false, lineStyle: { color: c.mark, type: 'dashed', width: 1.5 },
                label: { color: c.mark, fontSize: 11, formatter: (at) => (data.shifts[at.dataIndex].rise ? '▲' : '▼') },
                data: data.shifts.map((one) => ({ xAxis: one.period })),
              },
            }),
            bar(data.words.planned, data.periods.map((one) => one.planned || null), 'transparent',
              { itemStyle: { color: 'transparent', borderColor: c.soft, borderType: 'dashed', borderWidth: 1 } }),
            bar(data.words.conflict, data.periods.map((one) => -one.conflict), c.warm),
          ],
        },
        click: (at) => go(data.links[at.dataIndex]),
      };
    },

    // A day is a dot, larger with more origins; a date that is less sure is a bar over the time that it may mean.
    axis(data, c) {
      const narrow = document.body.clientWidth < 640;
      // Lanes in which nothing lies are left out.
      const used = data.lanes.map((_, lane) => lane).filter((lane) => data.marks.some((m) => m.lane === lane));
      const lanes = used.map((lane) => data.lanes[lane]);
      const colors = used.map((lane) => [c.cool, c.cool, c.warm, c.warm, c.soft][lane]);
      // Marks that would lie on each other go side by side within the lane.
      const rows = lanes.map(() => []);
      const all = data.marks.map((m) => m.last);
      const width = Math.max(1, (Math.max(...all) - Math.min(...data.marks.map((m) => m.first))) / 120);
      const marks = [...data.marks].sort((a, b) => a.first - b.first).map((one) => {
        const m = { ...one, lane: used.indexOf(one.lane) };
        const ends = rows[m.lane];
        let row = ends.findIndex((end) => end < m.first);
        if (row < 0) row = ends.length < 5 ? ends.length : m.first % 5;
        ends[row] = Math.max(ends[row] ?? -Infinity, m.last + width);
        return { ...m, row };
      });
      return {
        height: 60 + lanes.length * 58,
        option: {
          ...base(c),
          grid: { left: narrow ? 12 : 112, right: 16, top: narrow ? 20 : 8, bottom: 58 },
          tooltip: {
            ...base(c).tooltip,
            formatter: (at) => {
              const m = marks[at.dataIndex];
              return [m.date, wrap(m.label, 28), `${data.words.origins} ${m.origins}`].join('\n');
            },
          },
          xAxis: {
            type: 'time', ...axisLook(c), axisLabel: timeLabel(c), min: (v) => v.min - (v.max - v.min) * 0.01 - DAY, max: (v) => v.max + (v.max - v.min) * 0.01 + DAY,
            splitLine: { show: true, lineStyle: { color: c.line, opacity: 0.5 } },
          },
          yAxis: {
            type: 'category', data: lanes, inverse: true, ...axisLook(c), splitLine: { show: true, lineStyle: { color: c.line } },
            axisLabel: narrow
              ? { color: c.soft, inside: true, verticalAlign: 'bottom', padding: [0, 0, 12, 0], fontSize: 10, margin: 0 }
              : { color: c.soft },
          },
          dataZoom: [slider(c), { type: 'inside', zoomOnMouseWheel: 'ctrl', moveOnMouseMove: true, moveOnMouseWheel: false }],
          series: [{
            type: 'custom', cursor: 'pointer',
            encode: { x: [0, 1], y: 2 },
            data: marks.map((m) => [m.first * DAY, (m.last + 1) * DAY, m.lane]),
            renderItem: (params, api) => {
              const m = marks[params.dataIndex];
              const [x0, y] = api.coord([api.value(0), api.value(2)]);
              const [x1] = api.coord([api.value(1), api.value(2)]);
              const at = y + [0, 1, -1, 2, -2][m.row] * 9;
              const color = colors[m.lane];
              if (m.last - m.first < 2 || x1 - x0 < 9) {
                const r = 3 + Math.min(m.origins, 6) * 0.6;
                return { type: 'circle', shape: { cx: (x0 + x1) / 2, cy: at, r },
                  style: { fill: m.real ? color : c.ground, stroke: color, lineWidth: 1.5 } };
              }
              const left = Math.max(x0, params.coordSys.x);
              const right = Math.min(x1, params.coordSys.x + params.coordSys.width);
              return right <= left ? null : { type: 'rect', shape: { x: left, y: at - 3, width: right - left, height: 6, r: 3 },
                style: { fill: color, opacity: m.real ? 0.45 : 0.2, stroke: color, lineWidth: m.real ? 0 : 1 } };
            },
          }],
        },
        click: (at) => go(marks[at.dataIndex]?.open),
      };
    },

    network(data, c, width) {
      const most = Math.max(...data.nodes.map((node) => node.events), 1);
      const heavy = Math.max(...data.edges.map((edge) => edge.events), 1);
      const height = Math.min(560, Math.max(360, document.body.clientWidth * 0.45));
      const places = placed(data.nodes, data.edges, width - 134, height - 48);
      return {
        height,
        option: {
          ...base(c),
          tooltip: {
            ...base(c).tooltip,
            formatter: (at) => {
              const w = data.words;
              if (at.dataType !== 'edge') return `${wrap(at.data.label_, 24)}\n${w.events} ${at.data.value}`;
              const e = at.data.edge;
              return `${wrap(at.data.label_, 24)}\n${w.events} ${e.events} (${w.cooperation} ${e.cooperation}, ${w.conflict} ${e.conflict})\n${wrap(e.types, 28)}`;
            },
          },
          series: [{
            type: 'graph', layout: 'none', left: 24, right: 110, top: 24, bottom: 24, animation: false, cursor: 'pointer',
            label: { show: true, position: 'right', color: c.ink, fontSize: 12, textBorderColor: c.ground, textBorderWidth: 3 },
            labelLayout: { hideOverlap: true }, emphasis: { focus: 'adjacency' },
            data: data.nodes.map((node) => ({
              id: node.id, name: node.id, ...places.get(node.id), label_: node.name, value: node.events, open: node.open,
              symbolSize: 8 + 26 * Math.sqrt(node.events / most),
              itemStyle: { color: c.ground, borderColor: c.ink, borderWidth: 1.5 },
              // A name stands on the side where it has room.
              label: {
                formatter: node.name.length > 14 ? `${node.name.slice(0, 13)}…` : node.name,
                position: places.get(node.id).x > (width - 134) * 0.9 && node.name.length > 6 ? 'left' : 'right',
              },
            })),
            links: data.edges.map((edge) => {
              const names = [edge.a, edge.b].map((id) => data.nodes.find((node) => node.id === id)?.name ?? id);
              return {
                source: edge.a, target: edge.b, value: edge.events, edge, open: edge.open, label_: names.join('・'),
                lineStyle: {
                  width: 1 + 7 * Math.sqrt(edge.events / heavy), opacity: 0.6, curveness: 0.12,
                  color: edge.conflict > edge.cooperation ? c.warm : c.cool,
                  type: edge.conflict > edge.cooperation ? 'dashed' : 'solid',
                },
              };
            }),
          }],
        },
        click: (at) => {
          if (at.dataType === 'edge' && at.data.open) {
            document.dispatchEvent(new CustomEvent('beside', { detail: at.data.open }));
          } else if (at.dataType === 'node') {
            go(at.data.open);
          }
        },
      };
    },

    series(data, c) {
      // Where each point is a year, the axis tells years alone.
      const yearly = data.points.every((p) => p.last - p.first >= 360);
      const points = data.points.map((p) => ({ ...p, at: (yearly ? p.first : (p.first + p.last) / 2) * DAY }));
      const best = new Map();
      for (const p of points) {
        if (!best.has(p.at) || best.get(p.at).origins < p.origins) best.set(p.at, p);
      }
      const line = [...best.values()].sort((a, b) => a.at - b.at).map((p) => [p.at, p.value]);
      return {
        height: 230,
        option: {
          ...base(c),
          grid: { left: 64, right: 18, top: 28, bottom: 28 },
          tooltip: {
            ...base(c).tooltip,
            formatter: (at) => {
              const p = points[at.dataIndex];
              return [p.period, p.text, `${data.words.origins} ${p.origins}`, ...p.sources.map((s) => wrap(s, 28)),
                ...(p.disputed ? [data.words.disputed] : [])].join('\n');
            },
          },
          xAxis: { type: 'time', ...axisLook(c), axisLabel: timeLabel(c), splitLine: { show: false }, minInterval: yearly ? 365 * DAY : 0, boundaryGap: ['3%', '3%'] },
          yAxis: { type: 'value', scale: true, name: data.unit, nameTextStyle: { color: c.soft, align: 'left' }, ...axisLook(c),
            axisLabel: { color: c.soft, formatter: (n) => compact.format(n) } },
          series: [
            { type: 'line', data: line, symbol: 'none', silent: true, lineStyle: { color: c.line, width: 2 }, tooltip: { show: false }, z: 1 },
            { type: 'scatter', z: 2, symbolSize: (v, at) => 7 + Math.min(points[at.dataIndex].origins, 8),
              data: points.map((p) => ({ value: [p.at, p.value], itemStyle: { color: p.disputed ? c.warm : c.cool } })) },
          ],
        },
      };
    },
  };

  const drawn = [];
  const draw = (figure) => {
    const kind = kinds[figure.dataset.chart];
    const canvas = figure.querySelector('.canvas');
    if (!kind || !canvas || typeof echarts === 'undefined') return;
    canvas.hidden = false;
    for (const key of figure.querySelectorAll('figcaption')) key.hidden = false;
    const { option, click, height } = kind(JSON.parse(figure.querySelector('script').textContent), look(), canvas.clientWidth);
    canvas.style.height = `${height}px`;
    const chart = echarts.getInstanceByDom(canvas) ?? echarts.init(canvas, null, { renderer: 'canvas' });
    chart.setOption(option, true);
    chart.off('click');
    if (click) chart.on('click', click);
    chart.resize();
    if (!drawn.includes(figure)) drawn.push(figure);
  };
  const near = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      if (!entry.isIntersecting) continue;
      near.unobserve(entry.target);
      draw(entry.target);
    }
  }, { rootMargin: '600px' });
  for (const figure of document.querySelectorAll('figure.chart')) near.observe(figure);
  const again = () => drawn.forEach(draw);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', again);
  let waiting;
  addEventListener('resize', () => { clearTimeout(waiting); waiting = setTimeout(again, 150); });
})();
