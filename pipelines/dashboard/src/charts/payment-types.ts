import type { DashboardData } from "../dashboard-data";
import { formatAmount, formatCount, formatShare, formatShortCount } from "../format";
import { paymentsByTrips, sum } from "../selection";
import type { Theme } from "../theme";
import type { ChartContent } from "./chart-card";

const BAR = 38;
const AXIS = 40;

/** Trips by how they were paid, as bars with their share. */
export function tripsByPaymentType(data: DashboardData, theme: Theme): ChartContent<"bar"> {
  const payments = paymentsByTrips(data.paymentTypes);
  const trips = sum(payments, (payment) => payment.trips);
  const [first] = payments;
  if (first === undefined) {
    return { configuration: null, summary: "No payments to show for this selection yet.", head: [], rows: [], height: 0 };
  }
  return {
    summary: `How ${formatCount(trips)} trips were paid: most often ${first.label}, ${formatShare(first.trips, trips)}.`,
    head: ["Paid by", "Trips", "Share", "Revenue"],
    rows: payments.map((payment) => [
      payment.label,
      formatCount(payment.trips),
      formatShare(payment.trips, trips),
      formatAmount(payment.revenue),
    ]),
    height: payments.length * BAR + AXIS,
    configuration: {
      type: "bar",
      data: {
        labels: payments.map((payment) => payment.label),
        datasets: [
          {
            label: "Trips",
            data: payments.map((payment) => payment.trips),
            backgroundColor: theme.payment,
            borderRadius: 3,
            minBarLength: 2,
            barPercentage: 0.75,
          },
        ],
      },
      options: {
        indexAxis: "y",
        plugins: {
          legend: { display: false },
          tooltip: {
            callbacks: {
              label: ({ dataIndex }) => {
                const payment = payments[dataIndex];
                return payment
                  ? `${formatCount(payment.trips)} trips, ${formatShare(payment.trips, trips)}, ${formatAmount(payment.revenue)}`
                  : "";
              },
            },
          },
        },
        scales: {
          x: {
            beginAtZero: true,
            border: { display: false },
            ticks: { precision: 0, maxTicksLimit: 5, callback: (value) => formatShortCount(Number(value)) },
          },
          y: {
            grid: { display: false },
            ticks: {
              color: theme.ink,
              autoSkip: false,
              callback: (_, index) => {
                const payment = payments[index];
                return payment ? [payment.label, formatShare(payment.trips, trips)] : "";
              },
            },
          },
        },
      },
    },
  };
}
