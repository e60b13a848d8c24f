namespace Sim.Lab.Report;

/// <summary>
/// The page's script: sorts the summary by a click on a column, and saves a figure. Without it the page says the same.
/// It holds neither of the characters that XML would have escaped.
/// </summary>
internal static class ReportScript
{
    public const string JavaScript = """
        for (const head of document.querySelectorAll('.sortable th')) {
          head.addEventListener('click', () => {
            const rising = head.getAttribute('aria-sort') !== 'ascending';
            const body = head.closest('table').tBodies[0];
            const at = row => row.cells[head.cellIndex];
            const compare = (a, b) => at(a).dataset.key !== undefined
              ? (at(b).dataset.key === undefined ? -1 : at(a).dataset.key - at(b).dataset.key)
              : at(b).dataset.key !== undefined ? 1 : at(a).textContent.localeCompare(at(b).textContent);
            for (const other of head.parentNode.cells) other.removeAttribute('aria-sort');
            head.setAttribute('aria-sort', rising ? 'ascending' : 'descending');
            body.append(...[...body.rows].sort((a, b) => rising ? compare(a, b) : compare(b, a)));
          });
        }
        for (const button of document.querySelectorAll('button[data-save]')) {
          button.addEventListener('click', () => {
            const figure = button.closest('figure');
            const isSvg = button.dataset.save === 'svg';
            const text = isSvg ? figure.querySelector('svg').outerHTML : figure.querySelector('script').textContent;
            const link = document.createElement('a');
            link.href = URL.createObjectURL(new Blob([text], { type: isSvg ? 'image/svg+xml' : 'application/json' }));
            link.download = figure.id + (isSvg ? '.svg' : '.vl.json');
            link.click();
            URL.revokeObjectURL(link.href);
          });
        }
        """;
}
