"use strict";

// Draws what each chart's element carries. The same numbers stand in the table beside it, so nothing depends on this.
const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

const letters = getComputedStyle(document.body).fontFamily;

const local = (value) => value.toLocaleString(document.documentElement.lang);

const common = () => ({
  animation: false,
  textStyle: { fontFamily: letters, color: colour("--ink") },
  tooltip: { renderMode: "richText", confine: true, backgroundColor: colour("--raised"), borderColor: colour("--line"),
    textStyle: { fontFamily: letters, color: colour("--ink") } },
  color: ["--chart-1", "--chart-2", "--chart-3", "--chart-4"].map(colour),
});

const axis = () => ({
  axisLabel: { color: colour("--soft"), fontFamily: letters, fontSize: 12, hideOverlap: true },
  axisLine: { lineStyle: { color: colour("--line") } },
  axisTick: { show: false },
  splitLine: { lineStyle: { color: colour("--line") } },
});

const bars = (chart, isValue, width) => ({
  ...common(),
  grid: { left: 8, right: 20, top: { 1: 8, 2: 34 }[chart.series.length] || 60, bottom: 8, containLabel: true },
  legend: { show: chart.series.length > 1, top: 0, left: 0, itemWidth: 12, itemHeight: 12, itemGap: 16, textStyle: { color: colour("--ink"), fontFamily: letters, fontSize: 12.5 } },
  tooltip: { ...common().tooltip, trigger: "axis", axisPointer: { type: "shadow" },
    valueFormatter: (value) => (isValue ? `${local(value)} ${chart.unit}` : String(value)) },
  xAxis: { type: "value", minInterval: 1, splitNumber: 4, ...axis(),
    axisLabel: { ...axis().axisLabel, formatter: (value) => local(value) } },
  yAxis: { type: "category", inverse: true, data: chart.labels, ...axis(),
    axisLabel: { ...axis().axisLabel, color: colour("--ink"), width: Math.min(200, width * 0.4), overflow: "break", lineHeight: 15, interval: 0 } },
  series: chart.series.map((one) => ({ name: one.name, type: "bar", stack: "all", barMaxWidth: 18, data: one.values,
    itemStyle: { borderRadius: 2, borderColor: colour("--sheet"), borderWidth: chart.series.length > 1 ? 1 : 0 } })),
});

const heat = (chart) => ({
  ...common(),
  grid: { left: 8, right: 12, top: 8, bottom: 44, containLabel: true },
  tooltip: { ...common().tooltip,
    formatter: (cell) => `${chart.rows[cell.value[1]]} ${chart.columns[cell.value[0]]}:00 — ${cell.value[2].toFixed(1)} %` },
  xAxis: { type: "category", data: chart.columns, ...axis() },
  yAxis: { type: "category", data: chart.rows, inverse: true, ...axis() },
  visualMap: { min: 0, max: Math.max(10, ...chart.cells.map((cell) => cell[2])), orient: "horizontal", left: "center", bottom: 0,
    itemHeight: 120, itemWidth: 12, formatter: (value) => `${value.toFixed(0)} %`, textStyle: { color: colour("--soft") },
    inRange: { color: [colour("--tint"), colour("--warn-tint"), colour("--bad")] } },
  series: [{ type: "heatmap", data: chart.cells, itemStyle: { borderColor: colour("--sheet"), borderWidth: 2 } }],
});

const drawn = [...document.querySelectorAll("[data-chart]")].map((element) => {
  const chart = JSON.parse(element.dataset.chart);
  const canvas = echarts.init(element, null, { renderer: "canvas" });
  const draw = () => { canvas.setOption(chart.kind === "heat" ? heat(chart) : bars(chart, Boolean(chart.unit), element.clientWidth), true); };
  draw();
  return { canvas, draw };
});

window.addEventListener("resize", () => { for (const one of drawn) { one.canvas.resize(); one.draw(); } });
window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { for (const one of drawn) one.draw(); });
